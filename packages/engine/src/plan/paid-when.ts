import type { CatalogNode, NodeDescription } from "../node/description.ts";
import { referenceOf } from "../workflow/reference.ts";
import type { CallerValue } from "../run/resolve-references.ts";
import type { Plan, PlannedNode } from "./plan.ts";

/**
 * Whether a node pays, as far as its inputs are known: `value` is that of the input that its `paidWhen` names, undefined
 * when only the run brings it, which counts as paid.
 */
export function isPaid({ paid, paidWhen }: Pick<NodeDescription, "paid" | "paidWhen">, value: unknown): boolean {
  if (paidWhen === undefined || value === undefined) return paid === true;
  return paid === true && typeof value === "string" && paidWhen.is.includes(value);
}

/** A node's description for that value: of one that does not pay then, without its service and what belongs to that. */
export function describeFor(description: CatalogNode, value: unknown): CatalogNode {
  if (description.paidWhen === undefined || isPaid(description, value)) return description;
  const known = unpaid.get(description) ?? withoutService(description);
  unpaid.set(description, known);
  return known;
}

const unpaid = new WeakMap<CatalogNode, CatalogNode>();

function withoutService(description: CatalogNode): CatalogNode {
  const { paid: _, paidWhen: _when, service: _service, model: _model, ...rest } = description;
  return { ...rest, resource: "cpu" };
}

/** The plan in which nodes whose method is a named input are what that input makes them. The same object without such. */
export function settlePaid(plan: Plan, given: Readonly<Record<string, CallerValue>>): Plan {
  const undecided = plan.open.filter((node) => plan.nodes[node]!.description.paidWhen !== undefined);
  if (undecided.length === 0) return plan;
  const nodes = [...plan.nodes];
  for (const node of undecided) {
    const planned = nodes[node]!;
    nodes[node] = { ...planned, description: describeFor(planned.description, methodOf(planned, plan, given)) };
  }
  return { ...plan, nodes };
}

function methodOf(node: PlannedNode, { workflow }: Plan, given: Readonly<Record<string, CallerValue>>): unknown {
  const { input } = node.description.paidWhen!;
  const reference = node.references.find((planned) => planned.input === input)?.reference;
  if (reference?.kind !== "input") return node.template[input];
  const { name } = reference;
  const value = Object.hasOwn(given, name) ? given[name] : workflow.inputs[name]?.default;
  return typeof value === "object" && value !== null && referenceOf(value as never) ? undefined : value;
}
