import { RunComfyError } from "../errors.ts";
import { problem } from "../problem.ts";

/** What a failed upload may tell. */
export interface PublishFailure {
  /** The publisher's own. */
  readonly label: string;
  /** Why, in the storage's or the system's words. */
  readonly reason: string;
  /** Taken out of the reason. */
  readonly secrets: readonly (string | undefined)[];
  readonly cause?: unknown;
}

/** Characters of a storage's answer that are shown. */
const LONGEST_REASON = 300;

/** The error of a file that could not be published: `remote.publish`, without secrets and without signed addresses. */
export function publishError({ label, reason, secrets, cause }: PublishFailure): RunComfyError {
  const clean = secrets
    .filter((secret) => secret !== undefined && secret !== "")
    .reduce<string>((text, secret) => text.replaceAll(secret!, "[secret]"), reason)
    .replace(/(https?:\/\/[^\s"'<>?]*)\?[^\s"'<>]*/gi, "$1?[…]")
    .replace(/\s+/g, " ")
    .trim();
  return problem("remote.publish", {
    ending: "rejected",
    summary: `The image could not be published through ${label}. Nothing was submitted or paid.`,
    reason: clean.length > LONGEST_REASON ? `${clean.slice(0, LONGEST_REASON)}…` : clean,
    // The cause of a failed call repeats its address, which is signed.
    ...(cause instanceof RunComfyError ? { cause } : {}),
  });
}

/** The error of settings that make no publisher. */
export function badPublisher(what: string, expected: string): RunComfyError {
  return problem("remote.config", {
    ending: "rejected",
    summary: `The publisher's ${what} cannot be used: it must be ${expected}.`,
    suggestion: "Correct the publisher's settings: docs/publishers.md.",
  });
}
