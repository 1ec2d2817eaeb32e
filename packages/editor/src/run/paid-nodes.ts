import type { Editor } from "../app/editor.ts";
import { paysNow } from "./pays-now.ts";

/** How many paid jobs the nodes of a workflow stand for at most, without what the cache spares and what lists multiply. */
export function paidNodes(editor: Editor): number {
  const { document, known } = editor;
  return Object.values(document.workflow.nodes).filter((node) => {
    const description = known.nodes[node.type];
    return node.disabled === undefined && description !== undefined && paysNow(node, description, document.workflow);
  }).length;
}
