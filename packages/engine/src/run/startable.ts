import type { Resource } from "../node/description.ts";

/** A graph whose nodes the scheduler starts. */
export interface Startable {
  /** A stack of nodes that have all they need. Whoever pushes calls `Scheduler.enqueue`. */
  readonly ready: number[];
  /** It stands in the scheduler's queue. Only the scheduler writes it. */
  isQueued: boolean;
  /** What a node takes before it starts. */
  resourceOf(node: number): Resource;
  /** Starts a node whose slot has been taken. */
  start(node: number): void;
}

/** A source of graphs that are begun one by one, so that each can be finished before the next takes memory. */
export interface Feeder {
  /** What the first node of the next graph takes. */
  readonly resource: Resource;
  /** It has more, and is not waiting for an answer before it can go on. */
  readonly canFeed: boolean;
  /** Begins the next graph. */
  feed(): void;
}
