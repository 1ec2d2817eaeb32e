import { canonicalJson } from "../json.ts";
import type { Plan, PlannedNode } from "./plan.ts";

/**
 * Cache keys of a plan's nodes, by index; and what the open nodes' keys were made of, to see what has changed.
 * Immutable: a run with other inputs makes another.
 */
export interface PlanKeys {
  readonly keys: readonly string[];
  /** For each entry of `plan.open`, the text of its references and its service. */
  readonly openTexts: readonly string[];
}

/**
 * The cache key of every node: SHA-256 over type@version, the pack's `cacheEpoch`, and for each input its name with
 * the canonical value, or the source's key and output. So it costs O(1) a node, never O(pixels).
 *
 * With the keys of an earlier run of the same plan only the nodes behind a changed input are hashed again.
 * @param openTexts one text for each entry of `plan.open`; files stand for themselves by their content's hash.
 */
export function planKeys(
  plan: Plan,
  openTexts: readonly string[],
  sha256: (text: string) => string,
  before?: PlanKeys,
): PlanKeys {
  if (before === undefined) {
    const textOf = new Map(plan.open.map((node, i) => [node, openTexts[i]!]));
    const keys: string[] = [];
    plan.nodes.forEach((node, i) => keys.push(sha256(keyText(node, keys, textOf.get(i)))));
    return { keys, openTexts };
  }
  const changed = plan.open.filter((_, i) => before.openTexts[i] !== openTexts[i]);
  if (changed.length === 0) return before;
  const textOf = new Map(plan.open.map((node, i) => [node, openTexts[i]!]));
  const keys = before.keys.slice();
  for (const i of downstream(plan, changed)) keys[i] = sha256(keyText(plan.nodes[i]!, keys, textOf.get(i)));
  return { keys, openTexts };
}

/** One line a part; JSON escapes line breaks inside texts, so no two nodes share a text by accident. */
function keyText(node: PlannedNode, keys: readonly string[], openText: string | undefined): string {
  let text = constantText(node);
  for (const { input, item, source, output } of node.links) {
    text +=
      item === undefined ? `\n${input}<${keys[source]!}.${output}` : `\n${input}[${item}]<${keys[source]!}.${output}`;
  }
  return openText === undefined ? text : `${text}\n${openText}`;
}

/** The part of the text that never changes, kept because a plan runs more often than it is made. */
const constantTexts = new WeakMap<PlannedNode, string>();

function constantText(node: PlannedNode): string {
  let text = constantTexts.get(node);
  if (text === undefined) {
    const { type, version, pack } = node.description;
    text = `${type}@${version}\n${pack}:${node.cacheEpoch}\n${canonicalJson(node.constants)}`;
    constantTexts.set(node, text);
  }
  return text;
}

/** The given nodes and all that consume them, each after all that it needs. */
function downstream(plan: Plan, from: readonly number[]): number[] {
  const reached = new Set(from);
  for (const node of reached) {
    for (let c = plan.consumerStart[node]!; c < plan.consumerStart[node + 1]!; c++) reached.add(plan.consumers[c]!);
  }
  return [...reached].sort((a, b) => a - b);
}
