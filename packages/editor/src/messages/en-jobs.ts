/** The texts on paid jobs, in English; they load with it. */
export const enJobs = {
  "job.title": "Paid jobs",
  "job.about":
    "What was ordered at a service and has not simply ended. Nothing of it is ordered again unless you say so.",
  "job.none": "No job is in doubt.",
  "job.busy": "One moment…",
  "job.over": "Over: {count}",
  "job.request": "request {id}",
  "job.request-id": "Request id",
  "job.state-unknown": "Perhaps ordered",
  "job.state-detached": "Goes on by itself",
  "job.state-submitted": "Ordered",
  "job.state-lost": "Lost by the service",
  "job.state-succeeded": "Done",
  "job.state-failed": "Failed",
  "job.state-rejected": "Refused",
  "job.state-cancelled": "Cancelled",
  "job.state-forgotten": "Forgotten",
  "job.about-unknown":
    "The answer to the order was lost: the job may exist, and may be billed. If you find it at the service, attach its request id, and the next run collects it.",
  "job.about-detached":
    "Nobody waits for it any more. It goes on and is billed; collecting it, or the next run, brings its result and orders nothing.",
  "job.about-submitted":
    "It is ordered and billed. When a run waits for it, it ends by itself; else collect it here. Neither orders anything.",
  "job.about-lost":
    "It was ordered and billed, but the service no longer knows it or its files are gone. The next run asks once more; when you forget it, the next run orders and pays anew.",
  "job.decide": "Decide…",
  "job.collect": "Collect it",
  "job.collected": "Collected, {count} files. The next run has it at once.",
  "job.collected-for": "Collected, {count} files, paid {price}. The next run has it at once.",
  "job.attach": "Attach it",
  "job.attached": "The next run collects it and orders nothing.",
  "job.forget": "Forget it",
  "job.forgotten": "Forgotten: the next run orders it anew, which is billed if jobs cost money.",
  "job.again": "Order it again…",
  "job.again-unknown": "If the first job exists after all, you pay for both. Order it again with the next run?",
  "job.again-detached":
    "The first job goes on and is billed. With a second one you pay for both. Order it again with the next run?",
  "job.again-submitted":
    "The first job is ordered and billed. With a second one you pay for both. Order it again with the next run?",
  "job.again-free": "Jobs of the sandbox cost nothing. Order it again with the next run?",
  "job.again-no": "Leave it",
  "job.again-yes": "Order again, I may pay twice",
  "job.again-yes-free": "Order again",
  "job.freed": "The next run orders it anew.",
  "job.advice-unknown": "It is not ordered again by itself. Look for it at the service, then decide here.",
  "job.advice-detached": "Run again to collect it, which orders nothing, or collect it here.",
  "job.advice-lost": "The next run asks for it once more. Or forget it here: then it is ordered and paid anew.",
} as const;
