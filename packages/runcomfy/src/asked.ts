import { COLLECT, problem } from "./problem.ts";
import type { RunComfyError } from "./errors.ts";
import type { Answer, NoAnswer, Reply } from "./http-call.ts";
import type { JsonObject } from "./json.ts";
import { bodyCode, readRefusal } from "./refusal.ts";
import type { Service } from "./service.ts";

/** An answer after which one may ask again. */
export interface Hiccup {
  readonly ready: false;
  readonly error: RunComfyError;
  /** Milliseconds, when the answer asks to wait. */
  readonly retryAfter?: number;
}

/** The answer to a question about an accepted job. */
export type Asked<T> = { readonly ready: true; readonly value: T } | Hiccup;

const GOES_ON = `The job goes on at the service. Mend what the message says, if it is yours to mend. ${COLLECT}`;

/**
 * Sorts a reply about an accepted job. No answer, 408, 429, 5xx and everything that is not a JSON object are hiccups;
 * 404 and 410 throw `remote.lost`; every other refusal throws with ending `detached`, for the job itself lives on. So does
 * an answer about another request, whatever it says: `remote.other-request`.
 */
export function sortReply(service: Service, requestId: string, reply: Reply): Asked<JsonObject> {
  if (!reply.answered) return { ready: false, error: unreachable(service, requestId, reply) };
  if (isAboutAnother(requestId, reply.json)) throw problem("remote.other-request", { ending: "detached", requestId });
  const code = bodyCode(reply.json);
  if (reply.status < 300 && reply.json && code === undefined) return { ready: true, value: reply.json };
  if (isHiccup(reply, code)) {
    const { retryAfter } = reply;
    return {
      ready: false,
      error: refused(service, requestId, reply),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  }
  throw refused(service, requestId, reply);
}

/** Whether an answer names a request, and that is not the one asked about. */
export function isAboutAnother(requestId: string, json: JsonObject | undefined): boolean {
  const named = json?.request_id;
  if (named === undefined || named === null) return false;
  return typeof named === "number" ? String(named) !== requestId : named !== requestId;
}

/** The value, or the hiccup as an error. */
export function valueOf<T>(asked: Asked<T>): T {
  if (asked.ready) return asked.value;
  throw asked.error;
}

function isHiccup({ status }: Answer, code: string | undefined): boolean {
  if (isLost(status, code)) return false;
  return status === 408 || status === 429 || status >= 500 || code === "500001" || (status < 400 && code === undefined);
}

/** 400001 and 404001 mean that the service has no such request, or no longer. */
function isLost(status: number, code: string | undefined): boolean {
  return status === 404 || status === 410 || code === "404001" || code === "400001";
}

function refused(service: Service, requestId: string, answer: Answer): RunComfyError {
  if (isLost(answer.status, bodyCode(answer.json))) return problem("remote.lost", { ending: "lost", requestId });
  const refusal = readRefusal(answer);
  const code = answer.status < 400 && refusal.code === "remote.rejected" ? "remote.server" : refusal.code;
  const words = service.redact(refusal.words);
  return problem(code, { ending: "detached", requestId, words, suggestion: GOES_ON });
}

function unreachable(service: Service, requestId: string, { reason: why, cause }: NoAnswer): RunComfyError {
  const reason = service.redact(why);
  return problem("remote.network", { ending: "detached", requestId, reason, cause, suggestion: GOES_ON });
}
