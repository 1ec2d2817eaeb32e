import type { CatalogNode } from "@inlay/engine";
import { isLinked } from "../document/links.ts";
import { type NodePlan, planNode, type PlanRequest } from "./plan-node.ts";

/** Plans by what they depend on: nodes of one type that are filled alike share one, and thousands of nodes need few. */
export class NodePlans {
  readonly #byDescription = new WeakMap<CatalogNode, Map<string, NodePlan>>();

  plan(request: PlanRequest): NodePlan {
    const { description } = request;
    if (!description) return planNode(request);
    const plans = this.#byDescription.get(description) ?? new Map<string, NodePlan>();
    this.#byDescription.set(description, plans);
    const key = keyOf(request);
    const known = plans.get(key);
    if (known) return known;
    const plan = planNode(request);
    plans.set(key, plan);
    return plan;
  }
}

function keyOf({ node, view, picture }: PlanRequest): string {
  let key = `${view.w ?? ""} ${view.h ?? ""} ${view.collapsed === true} ${view.sockets ?? ""} ${picture ?? ""}`;
  for (const name of Object.keys(node.inputs)) key += isLinked(node.inputs[name]) ? `\n>${name}` : `\n=${name}`;
  return key;
}
