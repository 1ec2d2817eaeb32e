import type { NodeDefinition } from "../node/define-node.ts";
import { findInputProblems, refuseInputs } from "../node/input-rules.ts";
import type { Plan, PlannedNode } from "../plan/plan.ts";
import { gatherInputs, type OpenValues } from "./gather-inputs.ts";
import type { CallerValue } from "./resolve-references.ts";

/**
 * Refuses a run whose literals, named inputs and seeds break the rules of a node, before anything is made or paid: what
 * links bring is not known yet. Throws the node's own code.
 */
export async function checkRules(
  plan: Plan,
  definitions: readonly NodeDefinition[],
  openValues: OpenValues,
): Promise<void> {
  for (const node of nodesWithRules(plan)) {
    const planned = plan.nodes[node]!;
    const rules = definitions[node]!.validate;
    if (!rules) continue;
    const { id, description } = planned;
    const { inputs, later } = inputsBeforeRun(planned, openValues.get(node));
    refuseInputs(await findInputProblems(description.type, rules, inputs, later), {
      node: id,
      nodeType: description.type,
    });
  }
}

const ofPlan = new WeakMap<Plan, readonly number[]>();

function nodesWithRules(plan: Plan): readonly number[] {
  const known = ofPlan.get(plan) ?? plan.nodes.flatMap(({ description }, i) => (description.hasRules ? [i] : []));
  ofPlan.set(plan, known);
  return known;
}

/** A node's inputs as far as they are known when a run starts, and those that links bring later. */
export function inputsBeforeRun(
  planned: PlannedNode,
  open: readonly CallerValue[] | undefined,
): { readonly inputs: Record<string, unknown>; readonly later: ReadonlySet<string> } {
  const later = new Set(planned.links.map(({ input }) => input));
  const inputs = gatherInputs({ ...planned, links: [] }, [], open);
  return { inputs: Object.fromEntries(Object.entries(inputs).filter(([name]) => !later.has(name))), later };
}
