/** The kinds of calls that faults are set for. `file` is the download of an output. */
export type FaultCall = "submit" | "status" | "result" | "cancel" | "model" | "file";

export const FAULT_CALLS: readonly FaultCall[] = ["submit", "status", "result", "cancel", "model", "file"];

/** A pause that an answer asks for: seconds, or `{ date_in }`, which says the same as an HTTP date. */
export type RetryAfter = number | { readonly date_in: number };

/**
 * What goes wrong with one call. `docs/sandbox.md` says it for people.
 *
 * Where `handled` may be given, it says whether the call has its effect (a submit is accepted) before its answer fails.
 */
export type Fault =
  | { readonly fault: "none" }
  | { readonly fault: "delay"; readonly ms: number }
  | {
      readonly fault: "http";
      readonly status: number;
      readonly error_code?: number;
      readonly message?: string;
      /** The input that the answer's `detail` blames. */
      readonly field?: string;
      readonly retry_after?: RetryAfter;
      readonly handled?: boolean;
    }
  | { readonly fault: "html" | "empty" | "truncated"; readonly handled?: boolean }
  | { readonly fault: "reset"; readonly when: "before" | "handled" | "midway" }
  | { readonly fault: "silence"; readonly handled?: boolean }
  | { readonly fault: "slow"; readonly every_ms: number }
  | { readonly fault: "say"; readonly set: Readonly<Record<string, unknown>> }
  | { readonly fault: "stuck" | "endless" | "backwards" | "not-ready" }
  | { readonly fault: "unknown-status"; readonly word?: string }
  | { readonly fault: "lost" | "expired"; readonly status?: number }
  | { readonly fault: "fails"; readonly message: string }
  | { readonly fault: "race"; readonly winner: "completion" | "nobody" }
  | { readonly fault: "output"; readonly kind: "none" | "video" | "three" }
  | { readonly fault: "redirect"; readonly to: string }
  | { readonly fault: "content-type"; readonly type: string }
  | { readonly fault: "file"; readonly kind: "video" | "text" | "empty" | "huge" | "endless" }
  | { readonly fault: "resized"; readonly width: number; readonly height: number };

export type FaultName = Fault["fault"];

/** A fault that is repeated: `times` calls in a row (default 1), or every call from here on. */
export type ScriptedFault = Fault & { readonly times?: number | "always" };

/** Faults by chance: a share of the calls (0 … 1) gets one of the list. */
export interface ChanceFaults {
  readonly share: number;
  readonly faults: readonly Fault[];
}

/** All that goes wrong. The script comes first; calls that it leaves out are subject to chance. */
export interface FaultPlan {
  /** Two sandboxes with the same seed and the same calls have the same faults. Default 1. */
  readonly seed?: number;
  readonly script?: { readonly [call in FaultCall]?: readonly ScriptedFault[] };
  readonly chance?: { readonly [call in FaultCall]?: ChanceFaults };
}
