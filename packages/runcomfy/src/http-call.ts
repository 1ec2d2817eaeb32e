import type { Dispatcher } from "undici";
import type { Clock } from "./clock.ts";
import { parseJsonObject, type JsonObject } from "./json.ts";
import { retryAfterMs } from "./retry-after.ts";

/** A call that was answered, whatever the answer says. */
export interface Answer {
  readonly answered: true;
  readonly status: number;
  /** Milliseconds, when the answer asks to wait. */
  readonly retryAfter?: number;
  readonly text: string;
  /** The body, when it is a JSON object. */
  readonly json?: JsonObject;
}

/** A call without a whole answer. */
export interface NoAnswer {
  readonly answered: false;
  /** False when the request certainly did not leave: no connection was made. */
  readonly sent: boolean;
  /** Why, for people: a system's code or a sentence. */
  readonly reason: string;
  readonly cause: unknown;
}

export type Reply = Answer | NoAnswer;

/** Longest answer of the API that is read, in bytes; real ones have a few hundred. */
const LONGEST_ANSWER = 4 * 1024 * 1024;

/** Reads a whole answer; rejects when it breaks off or is too long. */
export async function readAnswer(clock: Clock, response: Dispatcher.ResponseData): Promise<Answer> {
  const bytes = await readBounded(response.body, LONGEST_ANSWER);
  if (!bytes) throw new Error("the answer is too long");
  const text = Buffer.from(bytes).toString("utf8");
  const json = parseJsonObject(text);
  const retryAfter = retryAfterMs(headerOf(response, "retry-after"), clock.wallClock());
  return {
    answered: true,
    status: response.statusCode,
    text,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(json ? { json } : {}),
  };
}

/** The bytes of a stream, or undefined, with the stream destroyed, when there are more than `limit`. */
export async function readBounded(stream: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** The first value of a header. */
export function headerOf(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return typeof value === "string" ? value : value?.[0];
}

/** Describes a failed call. */
export function noAnswer(cause: unknown, sent: boolean): NoAnswer {
  return { answered: false, sent, reason: reasonOf(cause), cause };
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0]);
  if (!(cause instanceof Error)) return "the call failed";
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  return code && !cause.message.includes(code) ? `${cause.message} (${code})` : cause.message;
}
