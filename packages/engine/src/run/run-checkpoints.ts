import type { NodeOutputs } from "../cache/result-cache.ts";

/**
 * What one run has made so far, kept until the run ends, so that another process can go on with it. A port of `RunOptions`.
 *
 * A place is a node's id; in a list the number of the item stands before it, counted from 0: `3:feather`. What is kept stands
 * for work that is done: it is found also for nodes that are never cached, such as saves, and for those that were to run again.
 */
export interface RunCheckpoints {
  /** What an earlier attempt of this run has kept in that place, if it was made under this key. A failure is a miss. */
  find(place: string, key: string): NodeOutputs | undefined | Promise<NodeOutputs | undefined>;
  /** Something has been made, or was found where it may be lost. Called before the event that says so; never waited for. */
  keep(place: string, key: string, outputs: NodeOutputs | Promise<NodeOutputs>): void;
  /** All that needs it has been kept itself. */
  release(place: string): void;
  /** Resolves when less waits to be kept, and until then nothing new is started; undefined when more may come. */
  roomAgain?(): Promise<void> | undefined;
}

/** The checkpoints as one graph of a run sees them. */
export interface CheckpointView {
  readonly port: RunCheckpoints;
  /** Stands before the ids of nodes: of an item its number and a colon. */
  readonly path: string;
  /** Of an item only what its list is made of is kept: nothing is told of the nodes before it. */
  readonly onlyTargets: boolean;
  /** Nodes that have not been asked yet may need any of the others. */
  readonly keepsAll: boolean;
}

/** For an item of a list; undefined inside of what an item's node has expanded to, of which nothing is told. */
export function checkpointsOfItem(outer: CheckpointView | undefined, item: number): CheckpointView | undefined {
  if (!outer || outer.onlyTargets) return undefined;
  return { ...outer, path: `${item}:`, onlyTargets: true };
}

/** For what a node has expanded to. */
export function checkpointsOfExpansion(outer: CheckpointView | undefined, isLazy: boolean): CheckpointView | undefined {
  return outer && !outer.onlyTargets ? { ...outer, keepsAll: isLazy } : undefined;
}
