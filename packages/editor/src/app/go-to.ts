import type { Diagnostic } from "@inlay/engine";
import { pathTo } from "../session/place.ts";
import { nodeIn } from "../session/problems.ts";
import type { Editor } from "./editor.ts";
import type { Services } from "./services.ts";

/** Shows a node wherever it is, by the name that a run has for it: goes into sub-workflows, selects it, and focuses it. */
export function goToNode(editor: Editor, services: Services, runId: string): void {
  const path = runId.split("/");
  // What a node expanded to is in no file: the node itself is the nearest that can be shown.
  while (path.length > 0) {
    const id = path.at(-1)!;
    if (editor.show(path.slice(0, -1)) && Object.hasOwn(editor.graph.nodes, id)) return focus(editor, services, id);
    path.pop();
  }
}

/** Shows what a finding is about, when that is a node. */
export function goToFinding(editor: Editor, services: Services, finding: Diagnostic): void {
  const [section, name] = finding.path;
  const scope = section === "workflows" && typeof name === "string" ? name : undefined;
  const node = nodeIn(finding, scope);
  if (node === undefined) return;
  if (scope !== editor.document.scope && !editor.show(pathTo(editor.document.workflow, scope))) return;
  focus(editor, services, node);
}

/** A graph that was only just entered is laid out in the next frame. */
function focus(editor: Editor, services: Services, id: string): void {
  editor.selection.set([id]);
  requestAnimationFrame(() => services.canvas()?.focus(id));
}
