import type { ResultCache } from "../cache/result-cache.ts";
import { type Item, type ItemPlan, withoutLost } from "./item-plan.ts";
import { lookForResults } from "./look-for-results.ts";
import type { RunEnvironment } from "./node-run.ts";
import { NodeState } from "./node-state.ts";
import { checkpointsOfItem, type CheckpointView } from "./run-checkpoints.ts";

/** Counting yields this often. */
const yieldAfterMs = 15;

/** The paid jobs that the items of a group come to: what is cached, and what only that needs, costs nothing. */
export async function countPaidItems(
  { plan, again }: ItemPlan,
  items: Iterable<Item>,
  cache: ResultCache,
  { now, yieldNow }: RunEnvironment,
  kept: CheckpointView | undefined,
): Promise<number> {
  const paid = new Set<string>();
  let lastYield = now();
  let at = 0;
  for (const { keys, held, lost } of items) {
    const known = { held, again, checkpoints: checkpointsOfItem(kept, at++) };
    const { state } = await lookForResults(withoutLost(plan, lost), keys, cache, known);
    plan.nodes.forEach(({ description }, node) => {
      if (description.paid && state[node] === NodeState.Waiting) paid.add(keys[node]!);
    });
    if (now() - lastYield <= yieldAfterMs) continue;
    await yieldNow();
    lastYield = now();
  }
  return paid.size;
}
