import { type Asked, sortReply } from "./asked.ts";
import { requestPath } from "./base-url.ts";
import type { Reply } from "./http-call.ts";
import type { JsonObject } from "./json.ts";
import { problem } from "./problem.ts";
import { bodyWords } from "./refusal.ts";
import type { Service } from "./service.ts";

/** What the service says about a request. */
export interface JobStatus {
  readonly state: "queued" | "running" | "completed" | "failed" | "cancelled";
  /** Its place in the queue, while it is queued. */
  readonly queuePosition?: number;
  /** The service's words on a failure, redacted. */
  readonly error?: string;
}

/** The documented statuses, and those that RunComfy's own clients accept besides. */
const STATES: { readonly [status: string]: JobStatus["state"] } = {
  in_queue: "queued",
  pending: "queued",
  waiting: "queued",
  in_progress: "running",
  starting: "running",
  processing: "running",
  completed: "completed",
  succeeded: "completed",
  failed: "failed",
  cancelled: "cancelled",
  canceled: "cancelled",
};

/** Asks once for a request's status. */
export async function askStatus(service: Service, requestId: string, signal?: AbortSignal): Promise<Asked<JobStatus>> {
  return sortStatus(service, requestId, await service.get(requestPath(requestId, "status"), signal));
}

/** Asks once, without waiting for the limiter. */
export async function askStatusAtOnce(
  service: Service,
  requestId: string,
  signal: AbortSignal,
): Promise<Asked<JobStatus>> {
  return sortStatus(service, requestId, await service.getAtOnce(requestPath(requestId, "status"), signal));
}

function sortStatus(service: Service, requestId: string, reply: Reply): Asked<JobStatus> {
  return readReady(sortReply(service, requestId, reply), (json) => readStatus(service, requestId, json));
}

/**
 * Reads a status out of a body; undefined when the body has none. Throws `remote.status` at once for one that nobody
 * has heard of: it may be an end, and waiting for another would wait for ever.
 */
export function readStatus(service: Service, requestId: string, json: JsonObject): JobStatus | undefined {
  const { status, queue_position: position } = json;
  if (typeof status !== "string") return undefined;
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  if (!state) throw problem("remote.status", { ending: "detached", requestId, words: service.redact(status) });
  const error = state === "failed" ? bodyWords(json) : undefined;
  return {
    state,
    ...(state === "queued" && Number.isInteger(position) ? { queuePosition: Number(position) } : {}),
    ...(error ? { error: service.redact(error) } : {}),
  };
}

/** Reads the value out of an answer's body; a body without one is a hiccup. */
export function readReady<T>(asked: Asked<JsonObject>, read: (json: JsonObject) => T | undefined): Asked<T> {
  if (!asked.ready) return asked;
  const value = read(asked.value);
  if (value !== undefined) return { ready: true, value };
  const summary = "The service's answer lacks its status or its output.";
  return { ready: false, error: problem("remote.server", { ending: "detached", summary }) };
}
