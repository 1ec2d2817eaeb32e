import type {
  ErrorData,
  JsonValue,
  MetadataLevel,
  PublishedFile,
  RunCounts,
  RunEventBody,
  RunStatus,
} from "@inlay/engine";
import type { ServiceName } from "../remote.ts";

/** What a server's run can be: waiting, at work, or ended. */
export type RunPhase = "queued" | "running" | "cancelling" | RunStatus;

/** What happens in a run of a server: the engine's events, and what happens around them. */
export type ServerEventBody =
  | RunEventBody
  | { readonly type: "run.queued"; readonly workflow: string; readonly file?: string }
  /** It waits at another place, or with another priority. */
  | { readonly type: "run.moved"; readonly priority: number }
  /** It goes on after the server had been killed; `run.started` comes again. */
  | { readonly type: "run.resumed"; readonly attempt: number };

/** An event as it is kept. `id` is its place among all events of the workspace. */
export interface StoredEvent {
  readonly id: number;
  readonly run: string;
  readonly client: string;
  /** The last event of its run. */
  readonly isLast: boolean;
  /** What clients get: the event with its run, number and time, as JSON. */
  readonly data: string;
}

/** What was asked for. */
export interface RunRequest {
  readonly inputs: { readonly [name: string]: JsonValue };
  readonly targets?: readonly string[];
  /** Where its paid jobs go; what was the workspace's choice then, when nobody said. */
  readonly service?: ServiceName;
  readonly maxPaid?: number;
  readonly budgetUsd?: number;
  readonly failFast?: boolean;
  /** What its saved pictures say about how they were made, whatever the save nodes are set to. */
  readonly metadata?: MetadataLevel;
  /** Nodes that run again with all behind them. */
  readonly from?: readonly string[];
  /** Nodes whose jobs are ordered and paid once more. */
  readonly again?: readonly string[];
  /** The order that `again` is part of, when this run repeats another one. Default: the run's id. */
  readonly order?: string;
}

/** The workflow of a run: where it was read, and the exact text by its hash. */
interface RunWorkflow {
  readonly sha256: string;
  readonly name: string;
  readonly file?: string;
}

/** A run that has been accepted. */
export interface NewRun {
  readonly id: string;
  readonly client: string;
  /** A client's own name for the request: a second one with it is the same run. */
  readonly requestKey?: string;
  readonly priority: number;
  readonly created: number;
  readonly workflow: RunWorkflow;
  /** The workflow's text. */
  readonly text: string;
  readonly request: RunRequest;
  /** Where its end is told. */
  readonly webhook?: string;
  /** The run that this one repeats, whose seeds and finished nodes it takes. */
  readonly retryOf?: string;
}

/** A run as its events tell it so far. */
export interface RunRecord extends Omit<NewRun, "text" | "requestKey" | "webhook"> {
  readonly status: RunPhase;
  /** How often a worker has begun it. */
  readonly attempt: number;
  /** How many attempts in a row, with the present one, have not finished a single node. */
  readonly stalled: number;
  readonly isPinned: boolean;
  readonly started?: number;
  readonly finished?: number;
  readonly ms?: number;
  readonly seeds: { readonly [place: string]: number };
  readonly counts?: RunCounts;
  readonly costUsd?: number;
  /** Request ids of jobs that it has submitted and that have not ended yet. */
  readonly submitted?: readonly string[];
  /** Summaries of the named outputs. */
  readonly outputs: { readonly [name: string]: JsonValue };
  /** The first of the files that it gave. */
  readonly files: readonly RunFile[];
  readonly error?: ErrorData;
  /** The place of the last event that is told here. */
  readonly eventId: number;
  /** The number of that event in its run. */
  readonly seq: number;
}

export type RunFile = { readonly node: string } & PublishedFile;

/** A node of a run as the events tell it so far. */
export interface NodeRecord {
  readonly node: string;
  readonly status: "running" | "succeeded" | "cached" | "failed" | "skipped";
  readonly ms?: number;
  readonly from?: "memory" | "disk" | "run";
  readonly progress?: { readonly value: number; readonly total: number; readonly note?: string };
  readonly remote?: { readonly state: string; readonly requestId?: string; readonly queuePosition?: number };
  readonly costUsd?: number;
  readonly error?: ErrorData;
  /** The cache key of its outputs. */
  readonly key?: string;
  /** Summaries of its outputs. */
  readonly outputs?: { readonly [output: string]: JsonValue };
}

/** Whether nothing more will happen in a run. */
export function isEnded(status: RunPhase): boolean {
  return status !== "queued" && status !== "running" && status !== "cancelling";
}
