import type { Diagnostic } from "./diagnostics/diagnostic.ts";

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
  /** For remote jobs: how it ended, and the service's id of it. */
  readonly ending?: RemoteEnding;
  readonly requestId?: string;
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

/** The data of any thrown value: an `EngineError`'s own, by shape, or `node.internal` for everything else. */
export function errorData(error: unknown): ErrorData {
  if (typeof error === "object" && error !== null && "data" in error) {
    const { data } = error;
    if (typeof data === "object" && data !== null && "code" in data && "message" in data) return data as ErrorData;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: "node.internal", message };
}
