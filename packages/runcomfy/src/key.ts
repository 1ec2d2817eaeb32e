import { createHash, createHmac } from "node:crypto";
import { canonicalJson, type JsonValue } from "./json.ts";

/** What makes two jobs the same job. */
export interface JobIdentity {
  /** The service and its origin, such as `runcomfy:https://model-api.runcomfy.net`. */
  readonly provider: string;
  /** See `accountId`. */
  readonly account: string;
  readonly model: string;
  /** The input's values, with a hash of its pixels in place of each image. */
  readonly identity: JsonValue;
  /** 1, and one more each time a person orders and pays for the same job again. */
  readonly take: number;
}

/**
 * The key of a job: SHA-256 over the canonical JSON of its identity, 64 lower-case hex digits.
 *
 * @example
 * ```ts
 * jobKey({ provider: "runcomfy:https://model-api.runcomfy.net", account, model, identity: { prompt, seed: 7 }, take: 1 });
 * ```
 */
export function jobKey({ provider, account, model, identity, take }: JobIdentity): string {
  const text = canonicalJson({ provider, account, model, identity, take });
  return createHash("sha256").update(text).digest("hex");
}

/**
 * A name for an account that does not reveal its token: the first 16 hex digits of HMAC-SHA256 over the token.
 * `salt` is random, kept on this machine, and makes the name useless elsewhere.
 */
export function accountId(token: string, salt: string): string {
  return createHmac("sha256", salt).update(token).digest("hex").slice(0, 16);
}
