import { requestPath } from "./base-url.ts";
import type { Reply } from "./http-call.ts";
import { askStatusAtOnce, type JobStatus } from "./job-status.ts";
import { withTimeLimit } from "./pause.ts";
import type { Service } from "./service.ts";

/** What became of a cancel. `unconfirmed`: no usable answer came in time, the job may go on. */
export type CancelOutcome = "cancelled" | "not_cancellable" | "unconfirmed";

/** Asks once to cancel a request; never throws for what the service answers, or for its silence. */
export async function askCancel(service: Service, requestId: string, signal?: AbortSignal): Promise<CancelOutcome> {
  const path = requestPath(requestId, "cancel");
  return withTimeLimit(service.timing.cancel, signal, async (limit) => {
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
 * a confirmed cancel counts as not cancelled: it is billed, and its result can be collected.
 */
export async function stopJob(service: Service, requestId: string): Promise<Stopped> {
  return withTimeLimit(service.timing.cancel, undefined, async (limit) => {
    const outcome = await askCancel(service, requestId, limit);
    if (outcome === "unconfirmed") return { outcome };
    const status = await statusOrNothing(service, requestId, limit);
    if (!status) return { outcome };
    if (status.state === "cancelled") return { outcome: "cancelled", status };
    const lives = status.state === "completed" || status.state === "running";
    return { outcome: lives ? "not_cancellable" : outcome, status };
  });
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
 * Whether cancelling a running job answers 200 with `not_cancellable` or a 4xx is not known: both are read alike. The
 * 4xx that are about something else (token, request, time-out, rate) confirm nothing.
 */
function readOutcome(reply: Reply): CancelOutcome {
  if (!reply.answered) return "unconfirmed";
  const { outcome, status } = reply.json ?? {};
  if (reply.status < 300) {
    if (outcome === "not_cancellable") return "not_cancellable";
    const words = outcome ?? status;
    return words === "cancelled" || words === "canceled" ? "cancelled" : "unconfirmed";
  }
  const elsewhere = [401, 403, 404, 408, 410, 429];
  return reply.status >= 400 && reply.status < 500 && !elsewhere.includes(reply.status)
    ? "not_cancellable"
    : "unconfirmed";
}
