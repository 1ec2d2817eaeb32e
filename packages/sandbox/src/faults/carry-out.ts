import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { SandboxDialect } from "../dialect.ts";
import { ERRORS } from "../api-error.ts";
import { headersOf, jsonReply, send, type Reply } from "../reply.ts";
import { changeAnswer } from "./change-answer.ts";
import { changeFile, pourZeros } from "./change-file.ts";
import type { Fault, RetryAfter } from "./fault.ts";

/** One request that a fault may strike. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly dialect: SandboxDialect;
  /** Does what the request asks for, and gives the answer that it would have. */
  readonly handle: () => Promise<Reply>;
}

/** Answers a request as the fault says. */
export async function carryOut(fault: Fault, exchange: Exchange): Promise<void> {
  const { request, response, dialect, handle } = exchange;
  switch (fault.fault) {
    case "none":
    case "fails":
    case "race":
      return send(response, await handle());
    case "delay":
      await wait(fault.ms);
      return send(response, await handle());
    case "http":
      await (fault.handled ? handle() : drain(request));
      return send(response, httpReply(fault));
    case "html":
    case "empty":
      if (fault.handled !== false) await handle();
      else await drain(request);
      return send(response, fault.fault === "html" ? html : { ...html, body: "" });
    case "truncated":
      return fault.handled === false ? breakOff(response, jsonReply({})) : breakOff(response, await handle());
    case "reset":
      if (fault.when === "midway") return breakOff(response, await handle());
      if (fault.when === "handled") await handle();
      return void request.socket.resetAndDestroy();
    case "silence":
      await (fault.handled === false ? drain(request) : handle());
      return;
    case "slow":
      return dribble(response, await handle(), fault.every_ms);
    case "redirect":
      await drain(request);
      return send(response, { status: 302, headers: { location: fault.to }, body: "" });
    case "file":
      if (fault.kind === "huge" || fault.kind === "endless") return pourZeros(response, fault.kind);
      return send(response, await changeFile(fault, await handle()));
    case "content-type":
    case "resized":
      return send(response, await changeFile(fault, await handle()));
    case "lost":
      await drain(request);
      return send(response, lostReply(fault.status ?? 404, dialect));
    case "expired":
      await drain(request);
      return send(response, httpReply({ status: fault.status ?? 403 }));
    default:
      return send(response, changeAnswer(fault, await handle(), dialect));
  }
}

const html: Reply = {
  status: 200,
  headers: { "content-type": "text/html; charset=utf-8" },
  body: "<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>",
};

function lostReply(status: number, { errors }: SandboxDialect): Reply {
  const reply = httpReply({ status, error_code: ERRORS.notFound.code, message: "Request not found" });
  return errors === "body" ? { ...reply, status: 200 } : reply;
}

interface HttpFault {
  readonly status: number;
  readonly error_code?: number;
  readonly message?: string;
  readonly field?: string;
  readonly retry_after?: RetryAfter;
}

function httpReply({ status, error_code, message, field, retry_after }: HttpFault): Reply {
  const usual = Object.values(ERRORS).find(({ httpStatus }) => httpStatus === status)?.code;
  const code = error_code ?? usual;
  const detail =
    field === undefined ? {} : { detail: [{ loc: ["body", field], msg: message ?? "refused", type: "value_error" }] };
  const words = message ?? `This ${status} was asked for by a file of faults`;
  const reply = jsonReply({ ...(code !== undefined && { error_code: code }), error_message: words, ...detail }, status);
  if (retry_after === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, "retry-after": retryAfterHeader(retry_after) } };
}

/** A date says whole seconds only, so it is rounded up. */
function retryAfterHeader(after: RetryAfter): string {
  if (typeof after === "number") return String(after);
  return new Date(Math.ceil((Date.now() + after.date_in * 1000) / 1000) * 1000).toUTCString();
}

/** Sends the head and half the body, and then a reset. */
async function breakOff(response: ServerResponse, reply: Reply): Promise<void> {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, headersOf(reply));
  await new Promise<void>((flushed) => response.write(body.subarray(0, body.length >> 1), () => flushed()));
  // What is still under way would be lost to the reset.
  await wait(5);
  response.socket?.resetAndDestroy();
}

/** One byte at a time, as an attacker that holds connections open does. */
async function dribble(response: ServerResponse, reply: Reply, everyMs: number): Promise<void> {
  response.writeHead(reply.status, headersOf(reply));
  for (const byte of Buffer.from(reply.body)) {
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
    await wait(everyMs);
  }
  response.end();
}

/** Reads a request's body and drops it, so that its sender can finish. */
async function drain(request: IncomingMessage): Promise<void> {
  if (request.complete) return;
  request.resume();
  await new Promise<void>((ended) =>
    request
      .once("close", ended)
      .once("end", ended)
      .once("error", () => ended()),
  );
}

async function wait(ms: number): Promise<void> {
  await sleep(ms, undefined, { ref: false });
}
