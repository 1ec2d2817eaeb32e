import type { CatalogNode } from "@inlay/engine";
import type { Editor } from "../app/editor.ts";
import { toast } from "../app/toasts.tsx";
import { setInput } from "../document/commands/inputs.ts";
import { addNode } from "../document/commands/nodes.ts";
import { freshId } from "../document/fresh-id.ts";
import type { Box, Point } from "../document/graph.ts";
import { together } from "../document/steps.ts";
import { notesOf } from "../document/view.ts";
import { freeBox, gridPlaces, sizeWithPicture } from "../layout/picture-cards.ts";
import { t } from "../messages/translate.ts";
import { api, ApiError, problemText } from "../server/api.ts";
import { UnreadableFile } from "../server/file-session.ts";
import { filePlaceAt, setField } from "./file-places.ts";
import { addFolder } from "./add-folder.ts";
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

/** What only the page can do for files that came. */
export interface DropPage {
  /** Asks what becomes of so many pictures: a node each, or a folder that one node reads. Undefined for nothing. */
  askMany(count: number): Promise<ManyPictures | undefined>;
  /** Lets the view follow to what was added. */
  show(added: Box): void;
}

export type ManyPictures = { readonly kind: "each" } | { readonly kind: "folder"; readonly folder: string };

/** More pictures than these are rather a batch than parts of one workflow. */
const mostUnasked = 4;

/**
 * Takes files in: a workflow, a picture that carries one and a parcel are opened; the first picture becomes the value of the
 * field that it fell on. All others become nodes in one step of undo: a node each, or one for a folder of many.
 */
export async function takeFiles(
  editor: Editor,
  { files, at, target, asPictures }: CameFiles,
  open: Opener,
  page: DropPage,
): Promise<void> {
  const field = filePlaceAt(editor, target);
  const pictures: File[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const shared = await readShared(file, asPictures === true || field !== undefined || files.length > mostUnasked);
      if (shared.kind === "workflow") open.workflow(shared.workflow, file.name);
      else if (shared.kind === "parcel") open.parcel(file);
      else if (shared.kind === "unknown") problems.push(t("share.unknown", { name: file.name }));
      else pictures.push(file);
    } catch (error) {
      problems.push(takeProblem(file, error));
    }
  }
  const [inField] = field ? await upload(pictures.slice(0, 1), undefined, problems) : [];
  if (field && inField !== undefined) {
    if (Object.hasOwn(editor.graph.nodes, field.node)) editor.run(setField(editor, field, { $file: inField }));
    editor.document.seal();
  }
  const loose = field ? pictures.slice(1) : pictures;
  const wanted = loose.length > mostUnasked ? await page.askMany(loose.length) : ({ kind: "each" } as const);
  const folder = wanted?.kind === "folder" ? wanted.folder : undefined;
  const paths = wanted ? await upload(loose, folder, problems) : [];
  if (paths.length > 0) {
    const added = folder === undefined ? addEach(editor, paths, at) : addFolder(editor, folder, at);
    if (added) page.show(added);
  }
  if (problems.length > 0) toast(problems.join("\n"), true);
}

/** Puts pictures into the workspace one after the other; what fails is noted and left out. Returns their paths. */
async function upload(files: readonly File[], folder: string | undefined, problems: string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const [index, file] of files.entries()) {
    if (files.length > 1) toast(t("share.taking", { place: index + 1, count: files.length, name: file.name }));
    try {
      paths.push(await api.upload(file, file.name || "pasted.png", folder));
    } catch (error) {
      problems.push(takeProblem(file, error));
    }
  }
  return paths;
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

/** A node for each picture, in rows that begin at a point or at the first free place below it. */
function addEach(editor: Editor, paths: readonly string[], at: Point): Box | undefined {
  const description: CatalogNode | undefined = editor.known.nodes["image/load"];
  if (!description) return undefined;
  const { block, places } = gridPlaces(paths.length, sizeWithPicture(description));
  const box = freeBox({ layout: editor.layout, notes: notesOf(editor.graph) }, { ...at, ...block });
  const ids: string[] = [];
  const commands = paths.flatMap((path, i) => {
    const id = freshId(description.type, (taken) => Object.hasOwn(editor.graph.nodes, taken) || ids.includes(taken));
    ids.push(id);
    const place = { x: box.x + places[i]!.x, y: box.y + places[i]!.y };
    return [
      addNode({ id, description, at: place, packs: editor.known.packs }),
      setInput({ node: id, input: "source" }, { $file: path }),
    ];
  });
  editor.run(together("add", commands));
  editor.document.seal();
  editor.selection.set(ids);
  return box;
}
