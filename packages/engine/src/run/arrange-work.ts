import type { Plan } from "../plan/plan.ts";
import { NodeState } from "./node-state.ts";
import type { FoundResults } from "./look-for-results.ts";

/** What is to be done for a plan: which nodes run, which wait for what, which can begin. */
export interface Work {
  /** Nodes that will execute, and the paid ones among them. */
  readonly execute: number;
  readonly paid: number;
  /** By node with the key of another one: they take its outputs instead of running. */
  readonly followers: ReadonlyMap<number, readonly number[]>;
  /** Links into a node whose values are still to come. */
  readonly awaited: Int32Array;
  /** Who has still to take a node's value, links and the run's result: the value is let go after the last. */
  readonly takers: Int32Array;
  /** A stack of nodes that have all they need, the first of the plan on top. */
  readonly ready: number[];
  /** Nodes that have still to end: those that execute and those that follow. */
  readonly left: number;
  /** By node that runs item by item the first of those that do so together, which stands for all; -1 for the others. */
  readonly unitOf: Int32Array | undefined;
}

/**
 * Joins missing nodes of one key, which changes the state of all but the first to `Following`, counts what each node
 * still waits for, and queues those that wait for nothing.
 */
export function arrangeWork(plan: Plan, keys: readonly string[], { state, missing, firstMissing }: FoundResults): Work {
  const size = missing === 0 ? 0 : plan.nodes.length;
  const followers = new Map<number, number[]>();
  const awaited = new Int32Array(size);
  const takers = new Int32Array(size);
  const ready: number[] = [];
  let execute = 0;
  let paid = 0;

  const unitOf = plan.groups && findUnits(plan.groups, state);

  const leaders = new Map<string, number>();
  for (let node = firstMissing; node < size; node++) {
    if (state[node] !== NodeState.Waiting) continue;
    const { description, each } = plan.nodes[node]!;
    const { cache, paid: isPaid } = description;
    // Of nodes that run item by item, the items are joined.
    if (plan.hasLikeness[node] === 1 && cache !== "never" && each === undefined) {
      const leader = leaders.get(keys[node]!);
      if (leader !== undefined) {
        follow(followers, node, leader);
        state[node] = NodeState.Following;
        continue;
      }
      leaders.set(keys[node]!, node);
    }
    execute++;
    if (isPaid) paid++;
  }

  if (size > 0) for (const target of plan.kept) takers[target]!++;
  for (let node = size - 1; node >= firstMissing; node--) {
    if (state[node] !== NodeState.Waiting) continue;
    for (let s = plan.sourceStart[node]!, end = plan.sourceStart[node + 1]!; s < end; s++) {
      const source = plan.sources[s]!;
      takers[source]!++;
      if (state[source] === NodeState.Done) continue;
      if (unitOf === undefined || unitOf[node]! < 0) awaited[node]!++;
      else if (unitOf[source] !== unitOf[node]) awaited[unitOf[node]!]!++;
    }
    if (awaited[node] === 0 && isFirst(node, unitOf)) ready.push(node);
  }
  let left = execute;
  for (const joined of followers.values()) left += joined.length;
  return { execute, paid, followers, awaited, takers, ready, left, unitOf };
}

function follow(followers: Map<number, number[]>, node: number, leader: number): void {
  const others = followers.get(leader);
  if (others) others.push(node);
  else followers.set(leader, [node]);
}

/** The lowest missing node of each group, for all of its missing nodes. */
function findUnits(groups: Int32Array, state: Uint8Array): Int32Array {
  const unitOf = new Int32Array(groups.length).fill(-1);
  const first = new Map<number, number>();
  groups.forEach((group, node) => {
    if (group < 0 || state[node] !== NodeState.Waiting) return;
    if (!first.has(group)) first.set(group, node);
    unitOf[node] = first.get(group)!;
  });
  return unitOf;
}

function isFirst(node: number, unitOf: Int32Array | undefined): boolean {
  return unitOf === undefined || unitOf[node]! < 0 || unitOf[node] === node;
}
