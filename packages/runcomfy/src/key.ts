import { createHash, createHmac } from "node:crypto";
import { canonicalJson, type JsonValue } from "./json.ts";

/** What makes two paid jobs the same job. */
export interface JobIdentity {
  /** The service, such as `runcomfy:https://model-api.runcomfy.net`. */
  readonly provider: string;
  /** Who pays, from {@link accountId}. */
  readonly account: string;
  /** The model's id, such as `tongyi-mai/z-image/turbo/inpainting`. */
  readonly model: string;
  /** The parameters, and the SHA-256 of the decoded pixels of each medium instead of its URL or bytes. */
  readonly identity: JsonValue;
  /** Default 1; another number is another job with the same content: "run again, pay again". */
  readonly take?: number;
}

/**
 * The name of a job in the journal: 64 lower-case hex digits, the SHA-256 of the identity's canonical JSON. Equal
 * identities give equal keys whatever the order of their members.
 *
 * @example
 * const key = jobKey({ provider: "runcomfy", account, model, identity: { prompt: "a plum", seed: 7 } });
 */
export function jobKey({ provider, account, model, identity, take = 1 }: JobIdentity): string {
  return createHash("sha256").update(canonicalJson({ provider, account, model, identity, take })).digest("hex");
}

/**
 * A name for the account that a token belongs to: 24 hex digits of HMAC-SHA256(token) under a random salt that stays
 * on this machine, so that the token can be neither read nor guessed from keys and records.
 */
export function accountId(token: string, salt: string | Uint8Array): string {
  return createHmac("sha256", salt).update(token).digest("hex").slice(0, 24);
}
