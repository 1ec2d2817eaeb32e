import type { Editor } from "../app/editor.ts";
import { toast } from "../app/toasts.tsx";
import { pinNode, unpinNode } from "../document/commands/pin.ts";
import { t } from "../messages/translate.ts";
import { problemText } from "../server/api.ts";
import { madeOutputs } from "./made-outputs.ts";

/** Pins what the selected nodes gave in a run; those that are pinned already run again. Each is a step of undo. */
export async function pinSelection(editor: Editor, run: string | undefined): Promise<void> {
  for (const id of editor.selection.ids) {
    const title = editor.title(id);
    if (editor.graph.nodes[id]?.pinned) {
      editor.run(unpinNode(id));
      continue;
    }
    const { status } = editor.states.get(id) ?? {};
    if (run === undefined || (status !== "succeeded" && status !== "cached")) {
      toast(t("pin.nothing", { title }), true);
      continue;
    }
    try {
      editor.run(pinNode(id, await madeOutputs(editor, run, id)));
    } catch (error) {
      toast(t("pin.failed", { title, message: problemText(error) }), true);
    }
  }
}
