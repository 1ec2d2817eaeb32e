import { isAboutAnother } from "./asked.ts";
import { requestPath } from "./base-url.ts";
import { RunComfyError } from "./errors.ts";
import type { Answer, Reply } from "./http-call.ts";
import { askStatusAtOnce, type JobStatus } from "./job-status.ts";
import { pause, withTimeLimit } from "./pause.ts";
import { bodyCode } from "./refusal.ts";
import type { Service } from "./service.ts";

/** What became of a cancel. `unconfirmed`: no usable answer came in time, the job may go on. */
export type CancelOutcome = "cancelled" | "not_cancellable" | "unconfirmed";

/** Asks once to cancel a request; never throws for what the service answers, or for its silence. */
export async function askCancel(service: Service, requestId: string, signal?: AbortSignal): Promise<CancelOutcome> {
  const path = requestPath(requestId, "cancel");
  return withTimeLimit(service.clock, service.timing.cancel, signal, async (limit) => {
    try {
      const reply = await service.post(path, limit);
      if (reply.answered && isAboutAnother(requestId, reply.json)) return "unconfirmed";
      return readOutcome(reply);
    } catch {
      return "unconfirmed";
    }
  });
}

/** How a job stands after somebody wanted it stopped. */
export interface Stopped {
  readonly outcome: CancelOutcome;
  /** What the service said about it afterwards, if it did. */
  readonly status?: JobStatus;
}

/**
 * Cancels a request and asks what became of it, both within `timing.cancel`. A cancel counts only when the job's status
 * agrees, or the service no longer knows the request: a job that is said to be cancelled and completes or runs is not,
 * it is billed and can be collected; one that stays in the queue, or of which nothing is heard, is in doubt.
 */
export async function stopJob(service: Service, requestId: string): Promise<Stopped> {
  return withTimeLimit(service.clock, service.timing.cancel, undefined, async (limit) => {
    const outcome = await askCancel(service, requestId, limit);
    if (outcome === "unconfirmed") return { outcome };
    let last: JobStatus | undefined;
    for (;;) {
      const found = await findStatus(service, requestId, limit);
      if (found === "gone") return { outcome };
      last = found ?? last;
      const settled = last && settledOutcome(last);
      if (last && settled) return { outcome: settled, status: last };
      // What was refused needs no proof that it was not done.
      const isOver = outcome === "not_cancellable" || (await isLimitReached(service, limit));
      if (isOver) return { outcome: outcome === "cancelled" ? "unconfirmed" : outcome, ...(last && { status: last }) };
    }
  });
}

/** What a job's status says of a cancel; undefined while it may still change. */
function settledOutcome({ state }: JobStatus): CancelOutcome | undefined {
  if (state === "cancelled" || state === "failed") return "cancelled";
  return state === "completed" || state === "running" ? "not_cancellable" : undefined;
}

/** Waits for the next question; true when there is no time for one. */
async function isLimitReached({ clock, timing }: Service, limit: AbortSignal): Promise<boolean> {
  return pause(clock, timing.firstPoll, limit).then(
    () => false,
    () => true,
  );
}

async function findStatus(
  service: Service,
  requestId: string,
  signal: AbortSignal,
): Promise<JobStatus | "gone" | undefined> {
  try {
    const asked = await askStatusAtOnce(service, requestId, signal);
    return asked.ready ? asked.value : undefined;
  } catch (error) {
    return error instanceof RunComfyError && error.code === "remote.lost" ? "gone" : undefined;
  }
}

/**
 * Whether cancelling a running job answers 200 with `not_cancellable` or a 4xx, or a 200 with the error's code in the
 * body, is not known: all are read alike. Errors about something else (token, request, time-out, rate) confirm nothing.
 */
function readOutcome(reply: Reply): CancelOutcome {
  if (!reply.answered) return "unconfirmed";
  const { outcome, status } = reply.json ?? {};
  const meant = meantStatus(reply);
  if (meant < 300) {
    if (outcome === "not_cancellable") return "not_cancellable";
    const words = outcome ?? status;
    return words === "cancelled" || words === "canceled" ? "cancelled" : "unconfirmed";
  }
  const elsewhere = [401, 403, 404, 408, 410, 429];
  return meant >= 400 && meant < 500 && !elsewhere.includes(meant) ? "not_cancellable" : "unconfirmed";
}

/** The HTTP status, or the one that a body's code begins with: 409001 is a 409, whatever HTTP says. */
function meantStatus({ status, json }: Answer): number {
  const code = bodyCode(json);
  return status < 300 && code !== undefined && /^\d{6}$/.test(code) ? Number(code.slice(0, 3)) : status;
}
