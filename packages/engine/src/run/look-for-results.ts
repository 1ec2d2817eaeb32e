import type { CachedResult, NodeOutputs, ResultCache } from "../cache/result-cache.ts";
import type { Plan } from "../plan/plan.ts";
import { isThenable } from "./is-thenable.ts";
import { findKept } from "./find-kept.ts";
import { readList } from "./list-results.ts";
import { NodeState } from "./node-state.ts";
import type { CheckpointView } from "./run-checkpoints.ts";

/** What a cache knows of a plan. */
export interface FoundResults {
  /** By node: `Waiting` when it must be made, `Done` when it was found, `AtRest` when only such nodes need it. */
  readonly state: Uint8Array;
  /** Outputs by node, where they were found. */
  readonly values: (NodeOutputs | undefined)[];
  /** How many must be made. */
  readonly missing: number;
  /** The lowest of them: no node before it must be made. */
  readonly firstMissing: number;
  /** Pinned nodes that are needed: `Done`, their values still to be brought. */
  readonly pinned: readonly number[];
  /** The nodes that were found, in the order in which they were. */
  readonly hits: readonly Hit[];
}

/** A node whose result was found: in a cache, or among what this run has kept. */
interface Hit {
  readonly node: number;
  readonly from: CachedResult["from"];
  readonly isKept: boolean;
}

type Found = CachedResult & { readonly isKept?: boolean };

/** What is known of a plan's nodes beside what the cache holds. */
interface KnownResults {
  /** By node, results that are at hand: they are not looked for, and are no hits. */
  readonly held?: readonly (NodeOutputs | undefined)[];
  /** By node, 1 for those that run although their results may be there. */
  readonly again?: Uint8Array | undefined;
  /** What an earlier attempt of this very run has made. */
  readonly checkpoints?: CheckpointView | undefined;
}

/**
 * Looks from the targets back: a node whose result is cached hides all that only it needs. Answers at once when the
 * cache does. A look-up that fails is a miss.
 */
export function lookForResults(
  plan: Plan,
  keys: readonly string[],
  cache: ResultCache,
  { held, again, checkpoints }: KnownResults = {},
): FoundResults | Promise<FoundResults> {
  const state = new Uint8Array(plan.nodes.length);
  const values = new Array<NodeOutputs | undefined>(plan.nodes.length);
  const hits: Hit[] = [];
  const pinned: number[] = [];
  const looking: Promise<void>[] = [];
  const isInside = findInside(plan);
  let missing = 0;
  let firstMissing = plan.nodes.length;

  const take = (node: number, found: Found | undefined, open: number[]): void => {
    if (found) {
      state[node] = NodeState.Done;
      values[node] = found.outputs;
      hits.push({ node, from: found.from, isKept: found.isKept === true });
      return;
    }
    state[node] = NodeState.Waiting;
    missing++;
    if (node < firstMissing) firstMissing = node;
    for (let s = plan.sourceStart[node]!, end = plan.sourceStart[node + 1]!; s < end; s++) open.push(plan.sources[s]!);
  };

  const takeLater = async (node: number, answer: PromiseLike<Found | undefined>): Promise<void> => {
    const open: number[] = [];
    take(node, await Promise.resolve(answer).catch(() => undefined), open);
    look(open);
  };

  const askUnlessFresh = (node: number): ReturnType<ResultCache["get"]> => {
    const isFresh = again?.[node] === 1 || isInside?.[node] === 1;
    return isFresh ? undefined : ask(plan, node, keys[node]!, cache);
  };

  /** First what this run has kept: also what is never cached, and what was to run again. It has, in this run. */
  const seek = (node: number): Found | undefined | Promise<Found | undefined> => {
    const kept = checkpoints && findKept(checkpoints, plan, node, keys[node]!);
    if (isThenable(kept)) return kept.then((found) => found ?? askUnlessFresh(node));
    return kept ?? askUnlessFresh(node);
  };

  const look = (open: number[]): void => {
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (state[node] !== NodeState.AtRest) continue;
      if (plan.nodes[node]!.pinned && !held?.[node]) {
        state[node] = NodeState.Done;
        pinned.push(node);
        continue;
      }
      if (held?.[node]) {
        state[node] = NodeState.Done;
        values[node] = held[node];
        continue;
      }
      const found = seek(node);
      if (isThenable(found)) {
        state[node] = NodeState.Looking;
        looking.push(takeLater(node, found));
      } else take(node, found, open);
    }
  };

  const answer = (): FoundResults => ({ state, values, missing, firstMissing, pinned, hits });
  /** The list grows while it is awaited: each miss looks at what it needs. */
  const answerLater = async (): Promise<FoundResults> => {
    for (const next of looking) await next;
    return answer();
  };

  look([...plan.targets]);
  return looking.length === 0 ? answer() : answerLater();
}

function ask(plan: Plan, node: number, key: string, cache: ResultCache): ReturnType<ResultCache["get"]> {
  const { description, each } = plan.nodes[node]!;
  if (description.cache === "never") return undefined;
  try {
    const found = cache.get(key);
    if (each === undefined || found === undefined) return found;
    const names = Object.keys(description.outputs);
    return isThenable(found)
      ? found.then((result) => result && readList(cache, result, names))
      : readList(cache, found, names);
  } catch {
    return undefined;
  }
}

/** 1 for each node of a group whose list nobody outside takes: its items are looked for one by one. */
export function findInside({ groups, nodes, targets, consumerStart, consumers }: Plan): Uint8Array | undefined {
  if (groups === undefined) return undefined;
  const isInside = Uint8Array.from(nodes, ({ each }) => (each === undefined ? 0 : 1));
  for (const target of targets) isInside[target] = 0;
  nodes.forEach((_, node) => {
    for (const consumer of consumers.subarray(consumerStart[node], consumerStart[node + 1]))
      if (groups[consumer] !== groups[node]) isInside[node] = 0;
  });
  return isInside;
}
