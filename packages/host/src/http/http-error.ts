import { EngineError, errorData } from "@inlay/engine";
import type { ErrorData } from "@inlay/engine";

/**
 * The codes of what is wrong with a request.
 *
 * | code | status | when |
 * |---|---|---|
 * | `request.invalid` | 400 | query, header or body are not what the route takes |
 * | `auth.required` | 401 | neither cookie nor token, or one that is not valid |
 * | `auth.key` | 401 | the one-time key was used already or never was one |
 * | `request.origin` | 403 | it comes from a page of another site |
 * | `auth.owner` | 403 | only the owner of the server may do it |
 * | `request.not-found` | 404 | nothing is served at this address |
 * | `request.length` | 411 | a JSON body without `Content-Length` |
 * | `request.too-large` | 413 | the body exceeds its limit |
 * | `request.type` | 415 | the body's content type is not one that the route takes |
 * | `request.host` | 421 | the `Host` is not this server's |
 * | `workflow.changed` | 412 | the file is no longer the version that the caller knows |
 * | `server.busy` | 429 | too many clients listen, or too many bodies of one are on their way |
 * | `request.precondition` | 428 | a write without `If-Match` or `If-None-Match` |
 */
export type HttpErrorCode =
  | "request.invalid"
  | "auth.required"
  | "auth.key"
  | "request.origin"
  | "auth.owner"
  | "request.not-found"
  | "request.length"
  | "request.too-large"
  | "request.type"
  | "request.host"
  | "workflow.changed"
  | "request.precondition"
  | "server.busy";

/** An error of the request itself. */
export function httpError(code: HttpErrorCode, message: string, details: Partial<ErrorData> = {}): EngineError {
  return new EngineError({ ...details, code, message });
}

const statuses: Readonly<Record<string, number>> = {
  "request.invalid": 400,
  "auth.required": 401,
  "auth.key": 401,
  "request.origin": 403,
  "auth.owner": 403,
  "file.outside-workspace": 403,
  "request.not-found": 404,
  "workflow.not-found": 404,
  "template.not-found": 404,
  "run.not-found": 404,
  "run.no-webhook": 404,
  "jobs.not-found": 404,
  "file.not-found": 404,
  "file.not-a-file": 404,
  "run.ended": 409,
  "run.active": 409,
  "run.not-waiting": 409,
  "jobs.state": 409,
  "jobs.ambiguous": 409,
  "artifact.missing": 410,
  "output.gone": 410,
  "request.length": 411,
  "workflow.changed": 412,
  "request.too-large": 413,
  "file.too-large": 413,
  "parcel.too-large": 413,
  "request.type": 415,
  "request.host": 421,
  "request.precondition": 428,
  "server.busy": 429,
  "queue.full": 429,
  "node.internal": 500,
  "file.unwritable": 500,
  "workspace.damaged": 500,
  "workspace.unsafe": 500,
  "server.draining": 503,
  "disk.full": 507,
};

/** What is wrong with what the caller sent, as most codes are. */
const otherStatus = 422;

/** The HTTP status of an error. */
export function statusOf({ code }: ErrorData): number {
  return statuses[code] ?? otherStatus;
}

/** What a client is told about any thrown value: of what nobody foresaw nothing but that it is in the log. */
export function publicError(error: unknown): ErrorData {
  const data = errorData(error);
  if (data.code !== "node.internal") return data;
  return {
    code: "node.internal",
    message: "The server met a fault of its own.",
    suggestion: "Its log has the details, under the X-Request-Id of this answer.",
  };
}
