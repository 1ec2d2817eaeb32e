import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { ApiError } from "./api-error.ts";

/** A token of the sandbox's own. Its prefix tells it from a real one at a glance. */
export function makeToken(): string {
  return `sandbox-${randomBytes(24).toString("base64url")}`;
}

/**
 * Refuses a request that does not carry `Authorization: Bearer <token>`.
 *
 * @throws {ApiError} `badToken` (401, 400004), with the same words whatever was wrong.
 */
export function requireBearer(request: IncomingMessage, token: string): void {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (given === undefined || !sameSecret(given, token)) throw new ApiError("badToken", "Invalid or expired token");
}

/** Where a request carries the token: in its `Authorization`, nowhere, or somewhere else, where it never belongs. */
export function tokenSeen(request: IncomingMessage, token: string): "authorization" | "nowhere" | "elsewhere" {
  const { authorization = "", ...others } = request.headers;
  if (`${request.url} ${JSON.stringify(others)}`.includes(token)) return "elsewhere";
  return authorization.includes(token) ? "authorization" : "nowhere";
}

/** Compares in constant time; hashing first makes the lengths equal. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
