import { requestPath } from "./base-url.ts";
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
      return readOutcome(await service.post(path, limit));
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
 * Cancels a request and asks what became of it, both within `timing.cancel`. A job that completed or runs in spite of
 * a confirmed cancel counts as not cancelled: it is billed, and its result can be collected. One that is said to be
 * cancelled and stays in the queue is in doubt, and so is unconfirmed.
 */
export async function stopJob(service: Service, requestId: string): Promise<Stopped> {
  return withTimeLimit(service.clock, service.timing.cancel, undefined, async (limit) => {
    const outcome = await askCancel(service, requestId, limit);
    if (outcome === "unconfirmed") return { outcome };
    const status = await settledStatus(service, requestId, { limit, wait: outcome === "cancelled" });
    if (!status) return { outcome };
    if (status.state === "cancelled") return { outcome: "cancelled", status };
    const lives = status.state === "completed" || status.state === "running";
    if (lives) return { outcome: "not_cancellable", status };
    return { outcome: outcome === "cancelled" && status.state === "queued" ? "unconfirmed" : outcome, status };
  });
}

/** What the service says of the job; asked again, if it is worth the wait, as long as it is in the queue. */
async function settledStatus(
  service: Service,
  requestId: string,
  { limit, wait }: { readonly limit: AbortSignal; readonly wait: boolean },
): Promise<JobStatus | undefined> {
  for (let last: JobStatus | undefined; ;) {
    const status = await statusOrNothing(service, requestId, limit);
    if (!status) return last;
    if (status.state !== "queued" || !wait) return status;
    last = status;
    const over = await pause(service.clock, service.timing.firstPoll, limit).catch(() => "over" as const);
    if (over) return last;
  }
}

async function statusOrNothing(
  service: Service,
  requestId: string,
  signal: AbortSignal,
): Promise<JobStatus | undefined> {
  try {
    const asked = await askStatusAtOnce(service, requestId, signal);
    return asked.ready ? asked.value : undefined;
  } catch {
    return undefined;
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
