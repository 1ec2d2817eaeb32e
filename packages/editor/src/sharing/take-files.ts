import type { Editor } from "../app/editor.ts";
import { toast } from "../app/toasts.tsx";
import { setInput } from "../document/commands/inputs.ts";
import { addNode } from "../document/commands/nodes.ts";
import { freshId } from "../document/fresh-id.ts";
import type { InputPlace, Point } from "../document/graph.ts";
import { together } from "../document/steps.ts";
import { t } from "../messages/translate.ts";
import { freeNodePlace } from "../layout/free-node-place.ts";
import { api, ApiError, problemText } from "../server/api.ts";
import { UnreadableFile } from "../server/file-session.ts";
import { filePlaceAt, setField } from "./file-places.ts";
import type { Opener } from "./opener.ts";
import { readShared } from "./read-shared.ts";

/** Files that were dropped or pasted, and where. */
export interface CameFiles {
  readonly files: readonly File[];
  readonly at: Point;
  readonly target: EventTarget | null;
  /** Pictures are wanted as pictures, also those that carry a workflow. */
  readonly asPictures?: boolean;
}

/**
 * Takes files in: a workflow, a picture that carries one and a parcel are opened; a picture becomes the value of the field
 * that it fell on, else a node that loads it.
 */
export async function takeFiles(
  editor: Editor,
  { files, at, target, asPictures }: CameFiles,
  open: Opener,
): Promise<void> {
  let field = filePlaceAt(editor, target);
  let place = at;
  for (const file of files) {
    try {
      const shared = await readShared(file, asPictures === true || field !== undefined);
      if (shared.kind === "workflow") open.workflow(shared.workflow, file.name);
      else if (shared.kind === "parcel") open.parcel(file);
      else if (shared.kind === "unknown") toast(t("share.unknown", { name: file.name }), true);
      else {
        await takePicture(editor, file, field ?? place);
        if (!field) place = { x: place.x + 32, y: place.y + 32 };
        field = undefined;
      }
    } catch (error) {
      toast(takeProblem(file, error), true);
    }
  }
}

/** What to tell about a file that could not be taken in. */
export function takeProblem({ name }: File, error: unknown): string {
  if (error instanceof UnreadableFile) {
    const [first] = error.diagnostics;
    return `${t("open.problems", { name })}: ${first?.message ?? ""} ${first?.suggestion ?? ""}`.trim();
  }
  if (error instanceof ApiError) return t("picture.upload-failed", { name, message: problemText(error) });
  return `${t("open.problems", { name })}: ${problemText(error)}`;
}

async function takePicture(editor: Editor, file: File, to: InputPlace | Point): Promise<void> {
  const description = editor.known.nodes["image/load"];
  if (!("node" in to) && !description) return;
  const value = { $file: await api.upload(file, file.name || "pasted.png") };
  if ("node" in to) {
    if (Object.hasOwn(editor.graph.nodes, to.node)) editor.run(setField(editor, to, value));
    return editor.document.seal();
  }
  const at = freeNodePlace(editor, description!, to);
  const id = freshId(description!.type, (taken) => Object.hasOwn(editor.graph.nodes, taken));
  editor.run(
    together("add", [
      addNode({ id, description: description!, at, packs: editor.known.packs }),
      setInput({ node: id, input: "source" }, value),
    ]),
  );
  editor.selection.set([id]);
}
