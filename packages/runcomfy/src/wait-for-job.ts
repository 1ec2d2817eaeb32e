import type { Asked, Hiccup } from "./asked.ts";
import { stopJob } from "./cancel.ts";
import { RunComfyError } from "./errors.ts";
import { createJobClock } from "./job-clock.ts";
import { askOutput, type JobOutput } from "./job-output.ts";
import { askStatus, type JobStatus } from "./job-status.ts";
import { pause } from "./pause.ts";
import { createPollSchedule } from "./poll-schedule.ts";
import { problem } from "./problem.ts";
import { soundsLikeModeration } from "./refusal.ts";
import type { Service } from "./service.ts";

/** How to wait for one accepted job. */
export interface WaitOptions {
  readonly requestId: string;
  readonly signal: AbortSignal;
  /** Ask at once, since the job was submitted some time ago. */
  readonly atOnce: boolean;
  onStatus(status: JobStatus): void;
}

/**
 * Polls until the job is complete, and resolves to its output.
 *
 * Rides through hiccups until the deadline. Throws `remote.failed`, `remote.moderation`, `remote.cancelled`,
 * `remote.lost`, `remote.status`, `remote.stalled`, what `sortReply` throws, and the signal's reason.
 */
export async function waitForJob(service: Service, options: WaitOptions): Promise<JobOutput> {
  const { requestId, signal } = options;
  const { timing } = service;
  const schedule = createPollSchedule(timing, () => service.random());
  const clock = createJobClock(timing, () => service.clock.now());
  let delay = options.atOnce ? 0 : schedule.next();
  for (;;) {
    await pause(service.clock, delay, signal);
    const { status, output, hiccup } = await poll(service, options);
    if (output) return output;
    if (clock.overdue(status?.state)) throw await stalled(service, requestId, status, hiccup?.error);
    delay = schedule.next({ queuePosition: status?.queuePosition, retryAfter: hiccup?.retryAfter });
  }
}

/** What one poll brought. */
interface Poll {
  readonly status?: JobStatus;
  readonly output?: JobOutput;
  readonly hiccup?: Hiccup;
}

async function poll(service: Service, { requestId, signal, onStatus }: WaitOptions): Promise<Poll> {
  const asked = await askStatus(service, requestId, signal);
  if (!asked.ready) return { hiccup: asked };
  const status = asked.value;
  onStatus(status);
  if (status.state === "queued" || status.state === "running") return { status };
  const end = await askForEnd(service, requestId, status, signal);
  if (!end.ready) return { status, hiccup: end };
  return end.value.state === "completed" ? { status, output: end.value } : { status };
}

/** The result of a completed job, which may not be there yet; the error of a job that ended otherwise. */
async function askForEnd(
  service: Service,
  requestId: string,
  status: JobStatus,
  signal: AbortSignal,
): Promise<Asked<JobOutput>> {
  if (status.state === "cancelled") throw cancelledElsewhere(requestId);
  const asked = await askResult(service, requestId, status, signal);
  if (!asked.ready) return asked;
  const { state, error, costUsd } = asked.value;
  if (state === "cancelled") throw cancelledElsewhere(requestId);
  if (state === "failed" || status.state === "failed") throw failed(requestId, status.error ?? error, costUsd);
  return asked;
}

/**
 * The result; of a failed job it is only asked for words and what it cost, so it may be missing. That of a job which is said to be
 * complete may be late, and then some services do not know it yet: it is asked for again.
 */
async function askResult(
  service: Service,
  requestId: string,
  status: JobStatus,
  signal: AbortSignal,
): Promise<Asked<JobOutput>> {
  try {
    const asked = await askOutput(service, requestId, signal);
    if (asked.ready || status.state !== "failed") return asked;
  } catch (error) {
    if (status.state === "completed" && isLost(error)) return { ready: false, error };
    if (status.state !== "failed") throw error;
    signal.throwIfAborted();
  }
  throw failed(requestId, status.error);
}

function isLost(error: unknown): error is RunComfyError {
  return error instanceof RunComfyError && error.code === "remote.lost";
}

function failed(requestId: string, words: string | undefined, costUsd?: number): RunComfyError {
  const code = words && soundsLikeModeration(words) ? "remote.moderation" : "remote.failed";
  return problem(code, { ending: "failed", requestId, costUsd, ...(words ? { words } : {}) });
}

function cancelledElsewhere(requestId: string): RunComfyError {
  return problem("remote.cancelled", { ending: "cancelled", requestId });
}

/** Tries once to cancel what takes too long, and says what became of it. */
async function stalled(
  service: Service,
  requestId: string,
  last: JobStatus | undefined,
  hiccup: RunComfyError | undefined,
): Promise<RunComfyError> {
  if (last?.state === "completed") {
    if (isLost(hiccup)) return problem("remote.expired", { ending: "lost", requestId });
    const summary = "The job is complete, but its result did not appear within the time allowed.";
    return problem("remote.stalled", { ending: "detached", requestId, summary });
  }
  const { outcome } = await stopJob(service, requestId);
  if (outcome === "cancelled") {
    const summary = "The job did not end within the time allowed and was cancelled.";
    const suggestion = "Run it again to submit a new job.";
    return problem("remote.stalled", { ending: "cancelled", requestId, summary, suggestion });
  }
  const goesOn = outcome === "not_cancellable" ? "could not be cancelled: it goes on" : "may go on";
  const summary = `The job did not end within the time allowed and ${goesOn}; it is billed if jobs cost money.`;
  return problem("remote.stalled", { ending: "detached", requestId, summary, cause: hiccup });
}
