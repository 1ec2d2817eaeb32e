import type { ResultCache } from "../cache/result-cache.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { Expansion } from "../node/expansion.ts";
import type { Plan } from "../plan/plan.ts";
import type { Work } from "./arrange-work.ts";
import type { OpenValues } from "./gather-inputs.ts";
import type { InFlight } from "./in-flight.ts";
import type { FoundResults } from "./look-for-results.ts";
import type { RunEnvironment } from "./node-run.ts";
import type { PaidAllowance } from "./paid-allowance.ts";
import type { Identities } from "./resolve-references.ts";
import type { CheckpointView } from "./run-checkpoints.ts";
import type { Scheduler } from "./scheduler.ts";
import type { RunValues } from "./value-store.ts";
import type { Frame } from "./frame.ts";

/** What all frames of an execution share. */
export interface Execution {
  readonly scheduler: Scheduler;
  readonly cache: ResultCache;
  readonly inFlight: InFlight;
  readonly store: RunValues;
  readonly failFast: boolean;
  readonly paid: PaidAllowance;
  sha256(text: string): string;
  /** Runs a group of nodes item by item, and tells the frame about its members. */
  runGroup(frame: Frame, members: readonly number[]): void;
  /** Runs what a node has expanded to, and finishes or fails that node. */
  runExpansion(expanding: {
    readonly frame: Frame;
    readonly node: number;
    readonly answer: Expansion;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly started: number;
  }): void;
}

/** What a frame is made of. */
export interface FrameParts {
  readonly plan: Plan;
  readonly keys: readonly string[];
  readonly found: FoundResults;
  readonly work: Work;
  /** By index. */
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: OpenValues;
  /** For each open node what its references and service add to keys. */
  readonly openTexts: ReadonlyMap<number, string>;
  /** The run's, with the events that this frame's nodes may send. */
  readonly environment: RunEnvironment;
  /** By node, 1 for those that run although their results may be cached. */
  readonly again?: Uint8Array;
  /** What pixels among the open values are in keys. */
  readonly identities?: Identities;
  /** It is one item of a list, or part of one: its nodes are counted when they run, not when they are skipped. */
  readonly isItem: boolean;
  /** How many expansions it lies in. */
  readonly depth: number;
  /** Where what its nodes give is kept for another process. */
  readonly checkpoints?: CheckpointView | undefined;
  /** Called once when every node that was to run has ended. */
  onSettled?(frame: Frame): void;
}
