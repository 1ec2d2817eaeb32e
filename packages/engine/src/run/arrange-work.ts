import type { Plan } from "../plan/plan.ts";
import type { FoundResults } from "./look-for-results.ts";

/** What is to be done for a plan: which nodes run, which wait for what, which can begin. */
export interface Work {
  /** Nodes that will execute, and the paid ones among them. */
  readonly execute: number;
  readonly paid: number;
  /** By node with the key of another one: they take its outputs instead of running. */
  readonly followers: ReadonlyMap<number, readonly number[]>;
  readonly isFollower: Uint8Array;
  /** Links into a node whose values are still to come. */
  readonly awaited: Int32Array;
  /** Links out of a node that have still to take its value; the value is let go after the last. */
  readonly takers: Int32Array;
  /** A stack of nodes that have all they need, the first of the plan on top. */
  readonly ready: number[];
}

/** Joins missing nodes of one key, counts what each still waits for, and queues those that wait for nothing. */
export function arrangeWork(plan: Plan, keys: readonly string[], { isMissing, missing }: FoundResults): Work {
  const size = missing === 0 ? 0 : plan.nodes.length;
  const followers = new Map<number, number[]>();
  const isFollower = new Uint8Array(size);
  const awaited = new Int32Array(size);
  const takers = new Int32Array(size);
  const ready: number[] = [];
  let execute = 0;
  let paid = 0;

  const leaders = new Map<string, number>();
  for (let node = 0; node < size; node++) {
    if (isMissing[node] === 0) continue;
    const { cache, paid: isPaid } = plan.nodes[node]!.description;
    const leader = cache === "never" ? undefined : leaders.get(keys[node]!);
    if (leader !== undefined) {
      follow(followers, node, leader);
      isFollower[node] = 1;
      continue;
    }
    if (cache !== "never") leaders.set(keys[node]!, node);
    execute++;
    if (isPaid) paid++;
  }

  for (let node = size - 1; node >= 0; node--) {
    if (isMissing[node] === 0 || isFollower[node] === 1) continue;
    for (let s = plan.sourceStart[node]!, end = plan.sourceStart[node + 1]!; s < end; s++) {
      const source = plan.sources[s]!;
      takers[source]!++;
      if (isMissing[source] === 1) awaited[node]!++;
    }
    if (awaited[node] === 0) ready.push(node);
  }
  return { execute, paid, followers, isFollower, awaited, takers, ready };
}

function follow(followers: Map<number, number[]>, node: number, leader: number): void {
  const others = followers.get(leader);
  if (others) others.push(node);
  else followers.set(leader, [node]);
}
