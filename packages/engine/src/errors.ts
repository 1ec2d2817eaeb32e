import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Fix } from "./fix.ts";

/** How a remote job ended, the same words in events, command line and HTTP API. */
export type RemoteEnding = "succeeded" | "failed" | "rejected" | "cancelled" | "detached" | "unknown" | "lost";

/**
 * What an error says, as data: a stable code, a sentence, what to do. Never a stack, never a secret.
 *
 * The engine's own codes are those of diagnostics and `run.cancelled`, `node.internal`, `node.output`, `money/confirm`;
 * hosts and packs add theirs (`file.…`, `image.…`, `remote.…`). The table in `docs/errors.md` lists them all.
 */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  /** The node's id. */
  readonly node?: string;
  readonly nodeType?: string;
  readonly input?: string;
  readonly expected?: string;
  readonly received?: string;
  readonly suggestion?: string;
  readonly fix?: Fix;
  /** For remote jobs: how it ended, and the service's id of it. */
  readonly ending?: RemoteEnding;
  readonly requestId?: string;
  /** What a job of this run has cost although it gave nothing, in US dollars, when the service says so. */
  readonly costUsd?: number;
  /** For `workflow.invalid`: everything that was found. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** The one error class. Match on `code`, never on the class or the text. */
export class EngineError extends Error {
  readonly data: ErrorData;

  constructor(data: ErrorData, options?: { cause?: unknown }) {
    super(data.message, options);
    this.name = "EngineError";
    this.data = data;
  }

  get code(): string {
    return this.data.code;
  }
}

/** The data of any thrown value: an `EngineError`'s own, by shape, or `node.internal` for everything else. Never throws. */
export function errorData(error: unknown): ErrorData {
  try {
    return ownData(error) ?? { code: "node.internal", message: messageOf(error) };
  } catch {
    // Such as a proxy, or an object that cannot become a text.
    return { code: "node.internal", message: "Something was thrown that says nothing about itself." };
  }
}

function ownData(error: unknown): ErrorData | undefined {
  if (typeof error !== "object" || error === null || !("data" in error)) return undefined;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("code" in data) || !("message" in data)) return undefined;
  return typeof data.code === "string" && typeof data.message === "string" ? (data as ErrorData) : undefined;
}

function messageOf(error: unknown): string {
  if (error instanceof Error && typeof error.message === "string") return error.message || error.name;
  if (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string")
    return error.message;
  if (typeof error === "string") return error;
  const what = typeof error === "object" && error !== null ? "an object" : String(error);
  return `What was thrown is no error but ${what}.`;
}
