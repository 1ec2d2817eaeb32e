import type { Editor } from "../app/editor.ts";

/** How many paid jobs the nodes of a workflow stand for at most, without what the cache spares and what lists multiply. */
export function paidNodes(editor: Editor): number {
  const { document, known } = editor;
  return Object.values(document.workflow.nodes).filter(
    ({ type, disabled }) => disabled === undefined && known.nodes[type]?.paid === true,
  ).length;
}
