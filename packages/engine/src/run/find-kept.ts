import type { CachedResult, NodeOutputs } from "../cache/result-cache.ts";
import type { Plan } from "../plan/plan.ts";
import { isThenable } from "./is-thenable.ts";
import { itemKeys, itemKeysOf } from "./list-items.ts";
import type { CheckpointView } from "./run-checkpoints.ts";

type Kept = CachedResult & { readonly isKept: true };

/** What a run has kept of a node, of a list with its items. */
export function findKept(
  view: CheckpointView,
  plan: Plan,
  node: number,
  key: string,
): Kept | undefined | Promise<Kept | undefined> {
  const { id, each } = plan.nodes[node]!;
  const place = view.path + id;
  const found = view.port.find(place, key);
  if (found === undefined) return undefined;
  const isTaken = plan.kept.has(node) || plan.consumerStart[node + 1]! > plan.consumerStart[node]!;
  const names = each === undefined || !isTaken ? [] : Object.keys(plan.nodes[node]!.description.outputs);
  const whole = (outputs: NodeOutputs | undefined): NodeOutputs | undefined | Promise<NodeOutputs | undefined> =>
    outputs && names.some((name) => !(name in outputs)) ? withItems(view, place, outputs, names) : outputs;
  if (isThenable(found)) return found.then(whole).then(asKept, () => undefined);
  const outputs = whole(found);
  return isThenable(outputs) ? outputs.then(asKept, () => undefined) : asKept(outputs);
}

function asKept(outputs: NodeOutputs | undefined): Kept | undefined {
  return outputs && { outputs, from: "disk", isKept: true };
}

async function withItems(
  { port }: CheckpointView,
  place: string,
  outputs: NodeOutputs,
  names: readonly string[],
): Promise<NodeOutputs | undefined> {
  const keys = itemKeysOf(outputs) ?? [];
  const items = await Promise.all(keys.map(async (key, item) => port.find(`${item}:${place}`, key ?? "")));
  if (items.includes(undefined)) return undefined;
  const lists = names.map((name) => [name, items.map((item) => item![name])] as const);
  return { [itemKeys]: keys, ...Object.fromEntries(lists) };
}
