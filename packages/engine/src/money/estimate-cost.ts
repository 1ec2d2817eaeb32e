import type { RemoteService } from "../host.ts";
import type { Plan, PlannedNode } from "../plan/plan.ts";
import { NodeState } from "../run/node-state.ts";
import { jobPrice, type PriceBook } from "./price-book.ts";
import { type PaymentLimits, unknownPrice } from "./purchases.ts";

/** What is to be estimated: the nodes of a plan that are to run. */
export interface CostQuestion {
  readonly plan: Plan;
  /** By node. */
  readonly state: Uint8Array;
  readonly remotes: ReadonlyMap<string, RemoteService>;
  readonly prices: PriceBook;
  /** Ask the services for prices that are not known, which takes time. */
  readonly mayAsk: boolean;
}

/**
 * What the paid nodes that are to run cost, one job each; nothing when one of their prices is not known.
 * Fails with `money/budget` when a budget cannot be kept to.
 */
export async function estimateCost(
  { plan, state, remotes, prices, mayAsk }: CostQuestion,
  { budgetUsd, maxPaid }: PaymentLimits,
): Promise<{ readonly estimateUsd?: number }> {
  let estimateUsd: number | undefined = 0;
  for (const [i, node] of plan.nodes.entries()) {
    if (!node.description.paid || state[i] !== NodeState.Waiting) continue;
    const [service, model] = [remotes.get(node.description.service ?? ""), modelOf(node)];
    const isKnown = service !== undefined && model !== undefined;
    const price = isKnown
      ? jobPrice(mayAsk ? await prices.ask(service, model) : prices.known(service, model))
      : undefined;
    if (isKnown && price === undefined && budgetUsd !== undefined && maxPaid === undefined)
      throw unknownPrice(model, budgetUsd);
    estimateUsd = price === undefined || estimateUsd === undefined ? undefined : estimateUsd + price;
  }
  return estimateUsd === undefined ? {} : { estimateUsd };
}

/** The model that a remote node runs, when the file says it. */
export function modelOf({ description, template }: PlannedNode): string | undefined {
  const { model } = description;
  if (typeof model !== "object") return model;
  const named = template[model.input];
  return typeof named === "string" ? named : undefined;
}
