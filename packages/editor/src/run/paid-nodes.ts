import type { NodeCatalog, Workflow } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { paysNow } from "./pays-now.ts";

interface Counted extends Pick<Workflow, "nodes" | "inputs"> {
  readonly known: NodeCatalog;
  readonly count: number;
}

let last: Counted | undefined;

/** How many paid jobs the nodes of a workflow stand for at most, without what the cache spares and what lists multiply. */
export function paidNodes({ document: { workflow }, known }: Editor): number {
  const { nodes, inputs } = workflow;
  // It is asked for after every change; a move changes no node.
  if (last?.nodes === nodes && last.inputs === inputs && last.known === known) return last.count;
  const paid = Object.values(nodes).filter((node) => {
    const description = known.nodes[node.type];
    return node.disabled === undefined && description !== undefined && paysNow(node, description, workflow);
  });
  last = { nodes, inputs, known, count: paid.length };
  return paid.length;
}
