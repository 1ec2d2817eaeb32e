import type { JobState } from "./job.ts";

/**
 * How the sandbox behaves where RunComfy's behaviour is not known. Each choice has two values; the first is what the
 * documentation says or suggests, and the default. A client should pass with both.
 */
export interface SandboxDialect {
  /** The answer to a cancel of a job in progress: HTTP 200 with `not_cancellable`, or HTTP 409. */
  readonly cancelRunning: "outcome" | "error";
  /** Where an error is told: by the HTTP status and the body's `error_code`, or by the latter with HTTP 200. */
  readonly errors: "status" | "body";
  /** The words for states: the documented ones, or `pending`, `processing`, `succeeded`, `canceled`. */
  readonly words: "documented" | "others";
  /** Whether an image may be sent as a data URI. */
  readonly dataUris: "accept" | "refuse";
  /** The answer to a request for a result that is not there yet: the job's state, or an error 404. */
  readonly earlyResult: "state" | "error";
}

/** The two values of each choice, the default first. */
export const DIALECTS: {
  readonly [name in keyof SandboxDialect]: readonly [SandboxDialect[name], SandboxDialect[name]];
} = {
  cancelRunning: ["outcome", "error"],
  errors: ["status", "body"],
  words: ["documented", "others"],
  dataUris: ["accept", "refuse"],
  earlyResult: ["state", "error"],
};

/** Fills in the defaults. */
export function resolveDialect(dialect: Partial<SandboxDialect> = {}): SandboxDialect {
  return {
    cancelRunning: dialect.cancelRunning ?? DIALECTS.cancelRunning[0],
    errors: dialect.errors ?? DIALECTS.errors[0],
    words: dialect.words ?? DIALECTS.words[0],
    dataUris: dialect.dataUris ?? DIALECTS.dataUris[0],
    earlyResult: dialect.earlyResult ?? DIALECTS.earlyResult[0],
  };
}

const OTHER_WORDS: Readonly<Record<JobState, string>> = {
  in_queue: "pending",
  in_progress: "processing",
  completed: "succeeded",
  failed: "failed",
  cancelled: "canceled",
};

/** A job's state in the words of the dialect. */
export function stateWord(state: JobState, { words }: SandboxDialect): string {
  return words === "documented" ? state : OTHER_WORDS[state];
}
