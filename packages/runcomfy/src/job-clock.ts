import type { JobStatus } from "./job-status.ts";
import type { Timing } from "./timing.ts";

/** Measures how long one job has been waited for. */
export interface JobClock {
  /** Notes what a poll said, undefined for no usable answer; true when the job is overdue. */
  overdue(seen: JobStatus["state"] | undefined): boolean;
}

/**
 * Makes the clock of one job. Time in the queue is counted apart, but only as long as the service confirms it: silence
 * counts as running, and so does the queue once the job has run. A completed job without a result has
 * `timing.resultGrace`.
 */
export function createJobClock(timing: Timing, now: () => number): JobClock {
  let last = now();
  let inQueue = 0;
  let running = 0;
  let hasRun = false;
  let completedAt: number | undefined;
  return {
    overdue(seen) {
      const time = now();
      hasRun ||= seen === "running" || seen === "completed";
      if (seen === "queued" && !hasRun) inQueue += time - last;
      else running += time - last;
      last = time;
      if (seen === "completed") completedAt ??= time;
      const resultMissing = completedAt !== undefined && time - completedAt > timing.resultGrace;
      return resultMissing || running > timing.runningDeadline || inQueue > timing.queueDeadline;
    },
  };
}
