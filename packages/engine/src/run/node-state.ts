/** How far a node is in its run. Bytes, because a run keeps one for each node; nodes that need not run stay at rest. */
export const NodeState = {
  AtRest: 0,
  /** A cache is asked for its result. */
  Looking: 1,
  /** It will run when all that it needs is there. */
  Waiting: 2,
  /** It has the key of another one and will take that one's outputs. */
  Following: 3,
  Started: 4,
  Done: 5,
  Failed: 6,
  Skipped: 7,
} as const;
