import type { ModelPrice, RemoteState } from "../host.ts";
import type { JsonValue } from "../json.ts";
import type { ErrorData, RemoteEnding } from "../errors.ts";
import type { PublishedFile } from "../node/context.ts";

export type RunStatus = "succeeded" | "failed" | "cancelled" | "interrupted";

/**
 * Everything that happens in a run, in order. CLI, server and editor read this one stream; state is a fold over it.
 * `seq` counts from 1 without gaps; `time` is milliseconds since 1970.
 */
export type RunEvent = { readonly seq: number; readonly time: number } & RunEventBody;

export type RunEventBody =
  | {
      readonly type: "run.started";
      readonly run: string;
      readonly workflow: string;
      /** Nodes that the targets need, cached or not. */
      readonly nodes: number;
      /** Nodes that will execute. */
      readonly execute: number;
      /** Paid nodes among them. */
      readonly paid: number;
      /** What these cost in US dollars, when the prices are known; lists may show later that it is more. */
      readonly estimateUsd?: number;
      readonly targets: readonly string[];
      /** Resolved `$seed`s as `node.input`. */
      readonly seeds: { readonly [place: string]: number };
      /** Nodes whose jobs are ordered and paid once more, because the person said so. */
      readonly again?: readonly string[];
    }
  | { readonly type: "run.cancelling"; readonly reason: string }
  | { readonly type: "node.started"; readonly node: string }
  | {
      readonly type: "node.progress";
      readonly node: string;
      readonly value: number;
      readonly total: number;
      readonly note?: string;
    }
  | { readonly type: "node.log"; readonly node: string; readonly level: "info" | "warning"; readonly message: string }
  | ({ readonly type: "node.file"; readonly node: string } & PublishedFile)
  | ({ readonly type: "remote.state"; readonly node: string } & RemoteState)
  | {
      readonly type: "remote.ended";
      readonly node: string;
      readonly ending: RemoteEnding;
      readonly requestId?: string;
      readonly message?: string;
      readonly costUsd?: number;
      readonly price?: ModelPrice;
      readonly attached?: boolean;
      /** Which job of this input it is, counted from 1; absent for the first. */
      readonly take?: number;
    }
  /** The node has answered with so many others, which run in its place; their ids begin with its own. */
  | { readonly type: "node.expanded"; readonly node: string; readonly nodes: number }
  | {
      readonly type: "node.finished";
      readonly node: string;
      /** Of a node that ran for the items of a list, those of all items. */
      readonly ms: number;
      readonly items?: ItemCounts;
    }
  | { readonly type: "node.cached"; readonly node: string; readonly from: "memory" | "disk" | "run" }
  /** Its outputs stand in the file, so it does not run. */
  | { readonly type: "node.pinned"; readonly node: string }
  | { readonly type: "node.failed"; readonly node: string; readonly error: ErrorData }
  | { readonly type: "node.skipped"; readonly node: string; readonly because: string }
  | {
      readonly type: "run.finished";
      readonly run: string;
      readonly status: RunStatus;
      readonly ms: number;
      readonly counts: RunCounts;
      /** A JSON summary of each named output that was produced. */
      readonly outputs: { readonly [name: string]: JsonValue };
      readonly error?: ErrorData;
    };

/** Of a node that ran for each item of a list: what its run was made of. */
export interface ItemCounts {
  readonly total: number;
  /** Those that executed; the others came from a cache, or had nothing to run on. */
  readonly executed: number;
  /** The milliseconds of the one that took longest; 0 when none executed. */
  readonly slowestMs: number;
}

export interface RunCounts {
  readonly executed: number;
  readonly cached: number;
  readonly failed: number;
  readonly skipped: number;
  /** Paid nodes that were executed. */
  readonly paid: number;
  /**
   * What the jobs that the run submitted have cost in US dollars, as far as the service said; absent when it said
   * nothing. A job that an earlier run had submitted is not among them.
   */
  readonly costUsd?: number;
  /** Nodes that did not run because the file pins their outputs; absent when there are none. */
  readonly pinned?: number;
}
