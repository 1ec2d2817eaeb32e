import type { NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import type { ErrorData } from "../errors.ts";
import type { NodeDefinition } from "../node/define-node.ts";
import type { Plan } from "../plan/plan.ts";
import type { RunCounts } from "./events.ts";
import { Frame } from "./frame.ts";
import type { Execution } from "./frame-parts.ts";
import type { OpenValues } from "./gather-inputs.ts";
import type { InFlight } from "./in-flight.ts";
import type { RunEnvironment } from "./node-run.ts";
import type { CheckpointView } from "./run-checkpoints.ts";
import type { PaidAllowance } from "./paid-allowance.ts";
import type { PreparedStage } from "./prepare-stage.ts";
import { type ExpansionTools, runExpansion } from "./run-expansion.ts";
import { Scheduler } from "./scheduler.ts";
import { runGroup } from "./start-group.ts";
import type { RunValues } from "./value-store.ts";

/** What an execution is made of. */
export interface ExecutionParts extends PreparedStage {
  readonly plan: Plan;
  /** By index. */
  readonly definitions: readonly NodeDefinition[];
  readonly openValues: OpenValues;
  readonly cache: ResultCache;
  readonly inFlight: InFlight;
  readonly store: RunValues;
  readonly environment: RunEnvironment;
  /** By node, 1 for those that run although their results may be cached. */
  readonly again?: Uint8Array;
  readonly failFast: boolean;
  readonly checkpoints?: CheckpointView | undefined;
  sha256(text: string): string;
  readonly paid: PaidAllowance;
  readonly expansion: ExpansionTools;
}

/** What an execution came to. */
export interface ExecutionResult {
  /** Outputs of the targets that have any, by index. */
  readonly values: readonly (NodeOutputs | undefined)[];
  readonly errors: readonly ErrorData[];
  readonly counts: RunCounts;
}

/** Runs what is missing, each node when all that it needs is there. Never rejects: failures are part of the result. */
export async function execute(parts: ExecutionParts): Promise<ExecutionResult> {
  const { environment, store, expansion, checkpoints } = parts;
  const scheduler = new Scheduler(environment, () => store.roomAgain() ?? checkpoints?.port.roomAgain?.());
  const execution: Execution = {
    ...parts,
    scheduler,
    runGroup: (frame, members) => runGroup(execution, frame, members),
    runExpansion: (expanding) => runExpansion(execution, expanding, expansion),
  };
  const frame = new Frame(execution, { ...parts, isItem: false, depth: 0 });
  await scheduler.run(() => frame.begin());
  return { values: frame.values, errors: scheduler.errors, counts: scheduler.counts };
}
