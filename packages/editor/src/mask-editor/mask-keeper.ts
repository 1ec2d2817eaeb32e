import type { MaskCanvas, MaskEdit } from "@inlay/raster";
import type { Editor } from "../app/editor.ts";
import { namedInputOf } from "../document/commands/inputs.ts";
import type { InputPlace } from "../document/graph.ts";
import { api } from "../server/api.ts";
import { setField } from "../widgets/field-value.ts";
import { readStrokes, strokesAsAsset, writeStrokes } from "./kept-strokes.ts";
import { maskAsPng } from "./png.ts";

/** Where a mask is kept: as strokes in the workflow, or as a picture file that the workflow names. */
export interface MaskKeeper {
  /** What was done when it was opened. */
  readonly edits: readonly MaskEdit[];
  /** Writes what is done into the document; the commands of one keeper are one step of undo. */
  commit(edits: readonly MaskEdit[]): void;
  /** The same for the last time. Fails with `ApiError`. */
  finish(edits: readonly MaskEdit[], canvas: MaskCanvas): Promise<void>;
}

let count = 0;

/** Keeps a mask as strokes. */
export async function strokesKeeper(
  editor: Editor,
  place: InputPlace,
): Promise<MaskKeeper | { readonly problem: "linked" | "unreadable" }> {
  const kept = await readStrokes(editor, place);
  if ("problem" in kept) return kept;
  const merge = `mask-editor/${count++}`;
  let written = kept.edits;
  const commit = (edits: readonly MaskEdit[]): void => {
    if (isSame(edits, written)) return;
    written = edits;
    editor.run(writeStrokes(editor, place, edits), { merge });
  };
  return {
    edits: kept.edits,
    commit,
    async finish(edits) {
      commit(edits);
      try {
        const command = isSame(edits, kept.edits) ? undefined : await strokesAsAsset(editor, place, edits);
        if (command) editor.run(command, { merge });
      } finally {
        editor.document.seal();
      }
    },
  };
}

/** Keeps a mask as a picture of it in the workspace, which takes the place of the one that was there in the workflow. */
export function pictureKeeper(editor: Editor, place: InputPlace): MaskKeeper {
  const name = namedInputOf(editor.graph.nodes[place.node]?.inputs[place.input]) ?? place.node;
  return {
    edits: [],
    commit: () => {},
    async finish(edits, canvas) {
      if (edits.length === 0) return;
      const path = await api.upload(await maskAsPng(canvas), `${name}.png`);
      editor.run(setField(editor, place, { $file: path }));
    },
  };
}

function isSame(a: readonly MaskEdit[], b: readonly MaskEdit[]): boolean {
  return a.length === b.length && a.every((edit, i) => edit === b[i]);
}
