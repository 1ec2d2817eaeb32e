import { createHmac } from "node:crypto";

/** A message as it is signed: a receiver checks these very texts. */
export interface SignedParts {
  /** The same for each attempt, so that a receiver knows a repetition. */
  readonly id: string;
  /** Seconds since 1970, of the attempt: a receiver refuses old ones. */
  readonly timestamp: number;
  readonly body: string;
}

export const secretPrefix = "whsec_";

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com): `v1`, HMAC-SHA256 over `id.timestamp.body`.
 * @param secret `whsec_` and the key in base64
 */
export function webhookHeaders({ id, timestamp, body }: SignedParts, secret: string): Record<string, string> {
  const key = Buffer.from(secret.slice(secretPrefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": `${timestamp}`, "webhook-signature": `v1,${signature}` };
}
