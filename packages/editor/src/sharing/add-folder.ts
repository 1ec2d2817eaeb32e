import type { Editor } from "../app/editor.ts";
import { setInput } from "../document/commands/inputs.ts";
import { addNode } from "../document/commands/nodes.ts";
import { freshId } from "../document/fresh-id.ts";
import type { Box, Point } from "../document/graph.ts";
import { together } from "../document/steps.ts";
import { notesOf } from "../document/view.ts";
import { freeBox, sizeWithPicture } from "../layout/picture-cards.ts";

const between = 80;

/** Adds the node that lists a folder and the one that loads what it lists, linked, in one step of undo. Returns where they are. */
export function addFolder(editor: Editor, folder: string, at: Point): Box | undefined {
  const { nodes, packs } = editor.known;
  const [files, load] = [nodes["value/files"], nodes["image/load"]];
  if (!files || !load) return undefined;
  const [left, right] = [sizeWithPicture(files), sizeWithPicture(load)];
  const box = freeBox(
    { layout: editor.layout, notes: notesOf(editor.graph) },
    { ...at, w: left.w + between + right.w, h: Math.max(left.h, right.h) },
  );
  const isTaken = (id: string) => Object.hasOwn(editor.graph.nodes, id);
  const [listing, loading] = [freshId(files.type, isTaken), freshId(load.type, isTaken)];
  editor.run(
    together("add", [
      addNode({ id: listing, description: files, at: box, packs }),
      setInput({ node: listing, input: "folder" }, folder),
      addNode({
        id: loading,
        description: load,
        at: { x: box.x + left.w + between, y: box.y },
        packs,
        input: { name: "source", from: { node: listing, output: "files" } },
      }),
    ]),
  );
  editor.document.seal();
  editor.selection.set([listing, loading]);
  return box;
}
