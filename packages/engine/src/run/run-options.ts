import type { ErrorData } from "../errors.ts";
import type { RunServices, Signal } from "../host.ts";
import type { MetadataLevel } from "../node/context.ts";
import type { RunCounts, RunEvent, RunStatus } from "./events.ts";
import type { CallerValue } from "./resolve-references.ts";
import type { AgainOptions } from "./ordered-again.ts";
import type { MadeOutputs } from "./node-run.ts";
import type { RunCheckpoints } from "./run-checkpoints.ts";
import type { PaymentLimits } from "../money/purchases.ts";

/** How a plan is to be run. */
export interface RunOptions extends PaymentLimits, AgainOptions {
  readonly services: RunServices;
  /** The run's id; default: a new one of the host. */
  readonly id?: string;
  /** Values of the workflow's named inputs. */
  readonly inputs?: Readonly<Record<string, CallerValue>>;
  readonly signal?: Signal;
  /** Called for each event as it happens. What it throws is ignored. */
  readonly onEvent?: (event: RunEvent) => void;
  /**
   * Called with the outputs of each node that ran or was found, before the event that says so: for hosts that show or keep
   * what lies between. Not for nodes that only found ones need. What it throws is ignored.
   */
  readonly onOutputs?: (made: MadeOutputs) => void;
  /** Start nothing new after the first failure. */
  readonly failFast?: boolean;
  /** What the run's saved files say about how they were made, whatever the save nodes are set to. Default: as they are set. */
  readonly metadata?: MetadataLevel;
  /** Names the order that `again` is part of: a run that goes on, or repeats another, has the other's. Default: its id. */
  readonly order?: string;
  /**
   * Keeps what the run makes until it ends, so that an attempt after this one, of the same id, finds it instead of making it
   * again: also what is never cached, such as saves, and what lies behind `from`.
   */
  readonly checkpoints?: RunCheckpoints;
}

/** What a run came to. */
export interface RunResult {
  readonly status: RunStatus;
  /** The values of the named outputs that were produced. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What failed, first failure first. */
  readonly errors: readonly ErrorData[];
  readonly counts: RunCounts;
}
