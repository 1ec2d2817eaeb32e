import { titleNode } from "../document/commands/nodes.ts";
import { titleWorkflow } from "../document/sub-workflow-title.ts";
import { workflowOf } from "../session/place.ts";
import type { Editor } from "./editor.ts";

/** Calls a node something; one that stands for a sub-workflow without a title of its own gives that the name. */
export function giveTitle(editor: Editor, id: string, title: string): void {
  const { workflow, scope } = editor.document;
  const node = editor.graph.nodes[id];
  const inner = node?.title === undefined ? workflowOf(workflow, scope, id) : undefined;
  editor.run(inner === undefined ? titleNode(id, title) : titleWorkflow(workflow, inner, title).command);
  editor.document.seal();
}
