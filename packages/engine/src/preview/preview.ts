import type { ErrorData } from "../errors.ts";
import type { RunServices, Signal } from "../host.ts";
import type { AgainOptions } from "../run/ordered-again.ts";
import type { CallerValue } from "../run/resolve-references.ts";

/** What a preview is made with: as for a run. */
export interface PreviewOptions extends AgainOptions {
  readonly services: RunServices;
  readonly inputs?: Readonly<Record<string, CallerValue>>;
  readonly signal?: Signal;
}

/** What a run would do with one node. */
export interface PreviewNode {
  readonly node: string;
  /** The node's type. */
  readonly type: string;
  /**
   * - `execute`: it runs, once or for each item that is not cached
   * - `cached`: its result is there
   * - `pinned`: its result stands in the file
   * - `idle`: nothing that runs needs it: cached results hide it, or a choice leaves it out
   * - `unknown`: it shows on the way whether it is needed, or whether its result is there
   */
  readonly action: "execute" | "cached" | "pinned" | "idle" | "unknown";
  /** How often it would run, and how many results would come from the cache. */
  readonly execute: number;
  readonly cached: number;
  /** Where a cached result is; `run`: another node of the run makes it. */
  readonly from?: "memory" | "disk" | "run";
  /** How many of its runs are paid jobs. */
  readonly paid: number;
  /**
   * Why its numbers are the least that it can be: the length of a list, the choice of a lazy node, or what a node expands
   * to shows only on the way.
   */
  readonly depends?: "list" | "choice" | "expansion";
}

/** What a run would do, found out without executing or submitting anything. */
export interface Preview {
  /** The nodes that the targets may need, in the plan's order. */
  readonly nodes: readonly PreviewNode[];
  readonly counts: {
    /** Nodes, as in `run.started`. */
    readonly nodes: number;
    /** Results to be made and results from the cache: one for each node, or for each item where it runs for each. */
    readonly execute: number;
    readonly cached: number;
    /** Paid jobs among those to be made, and results of paid jobs among those from the cache. */
    readonly paid: number;
    readonly paidCached: number;
    readonly pinned: number;
  };
  /**
   * False when the counts are the least that the run can come to. When true, `paid` is what the run submits; of alike items
   * of one list, the run may count more as cached: what leads to one that is still being made.
   */
  readonly isExact: boolean;
  /** What the paid jobs cost; absent when a price is not known. */
  readonly estimateUsd?: number;
  /** What would end the run, or keep a node from running. */
  readonly problems: readonly ErrorData[];
}
