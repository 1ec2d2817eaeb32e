import { isPaid, referenceOf, type NodeDescription, type Workflow, type WorkflowNode } from "@inlay/engine";

/** Whether a node pays by what it is set to: its method as written, as the named input's default, or as its own default. */
export function paysNow(
  node: Pick<WorkflowNode, "inputs">,
  description: Pick<NodeDescription, "paid" | "paidWhen" | "inputs">,
  { inputs }: Pick<Workflow, "inputs">,
): boolean {
  const chooses = description.paidWhen?.input;
  if (chooses === undefined) return description.paid === true;
  const written = node.inputs[chooses] ?? description.inputs[chooses]?.default;
  const reference = written === undefined ? undefined : referenceOf(written);
  const value = reference?.kind === "input" ? inputs[reference.name]?.default : written;
  return isPaid(description, typeof value === "string" ? value : undefined);
}
