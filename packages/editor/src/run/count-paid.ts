import type { NodeDescription, Workflow, WorkflowGraph } from "@inlay/engine";
import { paysNow } from "./pays-now.ts";

/** Descriptions by type. */
export interface KnownNodes {
  readonly [type: string]: Pick<NodeDescription, "paid" | "paidWhen" | "inputs">;
}

const use = "workflow/";

/** The paid nodes that run in a workflow: those of a sub-workflow count for each of its uses. */
export function countPaid(workflow: Pick<Workflow, "nodes" | "inputs" | "workflows">, known: KnownNodes): number {
  const counts = new Map<string, number>();
  const ofSubWorkflow = (name: string): number => {
    const before = counts.get(name);
    if (before !== undefined || !Object.hasOwn(workflow.workflows, name)) return before ?? 0;
    // One that uses itself is refused elsewhere.
    counts.set(name, 0);
    // What its inputs are given is not looked at: a method that they choose counts as paid.
    const count = ofGraph({ nodes: workflow.workflows[name]!.nodes, inputs: {} });
    counts.set(name, count);
    return count;
  };
  const ofGraph = ({ nodes, inputs }: Pick<WorkflowGraph, "nodes" | "inputs">): number => {
    let count = 0;
    for (const node of Object.values(nodes)) {
      if (node.disabled !== undefined || node.pinned !== undefined) continue;
      if (node.type.startsWith(use)) count += ofSubWorkflow(node.type.slice(use.length));
      else if (Object.hasOwn(known, node.type) && paysNow(node, known[node.type]!, { inputs })) count++;
    }
    return count;
  };
  return ofGraph(workflow);
}
