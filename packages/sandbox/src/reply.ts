import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { ApiError, errorAnswer } from "./api-error.ts";

/** What a route answers. */
export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string | Uint8Array;
}

export function jsonReply(body: unknown, status = 200): Reply {
  return { status, headers: { "content-type": "application/json; charset=utf-8" }, body: JSON.stringify(body) };
}

export function textReply(body: string): Reply {
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

export function fileReply(body: Uint8Array, contentType: string): Reply {
  return { status: 200, headers: { "content-type": contentType }, body };
}

/** The answer to an error; what is not an {@link ApiError} is not explained to the client. */
export function errorReply(error: unknown): Reply {
  const known = error instanceof ApiError ? error : new ApiError("internal", "Internal error of the sandbox");
  const { status, body } = errorAnswer(known);
  const reply = jsonReply(body, status);
  return known.allow === undefined ? reply : { ...reply, headers: { ...reply.headers, allow: known.allow.join(", ") } };
}

/** Sends an answer. Node leaves the body out by itself where the request was a HEAD. */
export function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, headersOf(reply));
  response.end(reply.body);
}

/** An answer's headers with those that every answer has. */
export function headersOf({ headers, body }: Reply): OutgoingHttpHeaders {
  const always = { "x-content-type-options": "nosniff", "cache-control": "no-store", server: "inlay-sandbox" };
  return { ...always, ...headers, "content-length": Buffer.byteLength(body) };
}
