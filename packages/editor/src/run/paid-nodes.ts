import type { Workflow } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { countPaid, type KnownNodes } from "./count-paid.ts";
import { paysNow } from "./pays-now.ts";

interface Counted extends Pick<Workflow, "nodes" | "inputs" | "workflows"> {
  readonly known: { readonly nodes: KnownNodes };
  readonly count: number;
}

let last: Counted | undefined;

/** How many paid jobs a workflow stands for at most, without what the cache spares and what lists multiply. */
export function paidNodes({ document: { workflow }, known }: Editor): number {
  const { nodes, inputs, workflows } = workflow;
  // It is asked for after every change; a move changes no node.
  if (last?.nodes === nodes && last.inputs === inputs && last.workflows === workflows && last.known === known)
    return last.count;
  last = { nodes, inputs, workflows, known, count: countPaid(workflow, known.nodes) };
  return last.count;
}

/** Those of the selected nodes that order paid jobs when they run. */
export function payingNodes({ graph, known, selection }: Editor): readonly string[] {
  return [...selection.ids].filter((id) => {
    const node = graph.nodes[id];
    if (!node || node.disabled !== undefined || node.pinned !== undefined) return false;
    return Object.hasOwn(known.nodes, node.type) && paysNow(node, known.nodes[node.type]!, graph);
  });
}
