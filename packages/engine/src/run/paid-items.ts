import type { ResultCache } from "../cache/result-cache.ts";
import { type Item, type ItemPlan, withoutLost } from "./item-plan.ts";
import { lookForResults } from "./look-for-results.ts";
import type { RunEnvironment } from "./node-run.ts";
import { NodeState } from "./node-state.ts";

/** Counting yields this often. */
const yieldAfterMs = 15;

/** The paid jobs that the items of a group come to: what is cached, and what only that needs, costs nothing. */
export async function countPaidItems(
  { plan, again }: ItemPlan,
  items: Iterable<Item>,
  cache: ResultCache,
  { now, yieldNow }: RunEnvironment,
): Promise<number> {
  const paid = new Set<string>();
  let lastYield = now();
  for (const { keys, held, lost } of items) {
    const { state } = await lookForResults(withoutLost(plan, lost), keys, cache, { held, again });
    plan.nodes.forEach(({ description }, node) => {
      if (description.paid && state[node] === NodeState.Waiting) paid.add(keys[node]!);
    });
    if (now() - lastYield <= yieldAfterMs) continue;
    await yieldNow();
    lastYield = now();
  }
  return paid.size;
}
