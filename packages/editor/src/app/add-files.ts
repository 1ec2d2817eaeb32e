import type { Workflow } from "@inlay/engine";
import { addNode } from "../document/commands/nodes.ts";
import { setInput } from "../document/commands/inputs.ts";
import { freshId } from "../document/fresh-id.ts";
import type { Point } from "../document/graph.ts";
import { together } from "../document/steps.ts";
import { t } from "../messages/translate.ts";
import { api, ApiError } from "../server/api.ts";
import { UnreadableFile, workflowFrom } from "../server/file-session.ts";
import type { Editor } from "./editor.ts";
import { toast } from "./toasts.tsx";

/** Takes files in that were dropped or pasted: pictures become nodes that load them, a workflow file is opened. */
export async function addFiles(
  editor: Editor,
  files: readonly File[],
  at: Point,
  open: (workflow: Workflow, name: string) => void,
): Promise<void> {
  let place = at;
  for (const file of files) {
    if (file.type === "application/json" || file.name.endsWith(".json")) await openWorkflow(file, open);
    else if (file.type.startsWith("image/")) {
      await addPicture(editor, file, place);
      place = { x: place.x + 32, y: place.y + 32 };
    }
  }
}

async function openWorkflow(file: File, open: (workflow: Workflow, name: string) => void): Promise<void> {
  try {
    open(workflowFrom(await file.text()), file.name);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const [first] = error.diagnostics;
    toast(`${t("open.problems", { name: file.name })}: ${first?.message ?? ""} ${first?.suggestion ?? ""}`, true);
  }
}

async function addPicture(editor: Editor, file: File, at: Point): Promise<void> {
  const description = editor.known.nodes["image/load"];
  if (!description) return;
  try {
    const path = await api.upload(file, file.name || "pasted.png");
    const id = freshId(description.type, (taken) => Object.hasOwn(editor.graph.nodes, taken));
    editor.run(
      together("add", [addNode({ id, description, at }), setInput({ node: id, input: "source" }, { $file: path })]),
    );
    editor.selection.set([id]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(t("picture.upload-failed", { name: file.name, message: error.data.message }), true);
  }
}
