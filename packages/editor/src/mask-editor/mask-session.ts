import type { EditMode, MaskEdit } from "@inlay/raster";
import type { Editor } from "../app/editor.ts";
import type { InputPlace } from "../document/graph.ts";
import { api } from "../server/api.ts";
import { readStrokes, strokesAsAsset, writeStrokes } from "./kept-strokes.ts";
import { loadBase } from "./load-picture.ts";
import { type Device, fitsMemory, mostMegapixels } from "./mask-memory.ts";
import { MaskModel } from "./mask-model.ts";
import { type MaskSource, maskSource } from "./mask-source.ts";

/** A mask that is open: its samples and edits, and the way back into the document. */
export interface MaskSession {
  readonly model: MaskModel;
  readonly source: MaskSource;
  /** The mask that is painted on is linked and not known before a run: what is seen is without it. */
  readonly isBaseUnknown: boolean;
  /** Adds what has the colour of a pixel, as the server sees it. Fails with `ApiError`. */
  pick(tool: "wand" | "color-range", pixel: readonly [number, number], wanted: PickOptions): Promise<void>;
  /** Writes what is done into the document; everything of one session is one step of undo there. */
  commit(): void;
  /** The same for the last time; long lists move into an asset. */
  finish(): Promise<void>;
}

interface PickOptions {
  readonly mode: EditMode;
  readonly tolerance: number;
  readonly contiguous: boolean;
}

/** Why a mask cannot be opened. */
export type MaskProblem =
  | { readonly kind: "no-picture" | "linked" | "unreadable" }
  | { readonly kind: "too-large"; readonly megapixels: number; readonly most: number };

let count = 0;

/** Opens the mask of a node. Fails with `ApiError` when the picture cannot be read. */
export async function openMask(
  editor: Editor,
  place: InputPlace,
  run: string | undefined,
): Promise<MaskSession | { readonly problem: MaskProblem }> {
  const source = maskSource(editor, place.node, run);
  if (!source) return { problem: { kind: "no-picture" } };
  const [size, kept] = await Promise.all([api.similarPixels({ source: source.source }), readStrokes(editor, place)]);
  if ("problem" in kept) return { problem: { kind: kept.problem } };
  const device = navigator as Device;
  if (!fitsMemory(size, device)) {
    const megapixels = Math.round((size.width * size.height) / 1e6);
    return { problem: { kind: "too-large", megapixels, most: mostMegapixels(device) } };
  }
  const base = source.baseUrl === undefined ? undefined : await loadBase(source.baseUrl, size).catch(() => undefined);
  const model = new MaskModel(size, base);
  await model.load(kept.edits);
  const merge = `mask-editor/${count++}`;
  let written = kept.edits;

  const commit = (): void => {
    const { edits } = model;
    if (isSame(edits, written)) return;
    written = edits;
    editor.run(writeStrokes(editor, place, edits), { merge });
  };
  return {
    model,
    source,
    isBaseUnknown: source.hasBase && !base,
    commit,
    async pick(tool, pixel, { mode, tolerance, contiguous }) {
      const isContiguous = tool === "wand" && contiguous;
      const asked = { source: source.source, point: pixel, tolerance, contiguous: isContiguous };
      const { spans } = await api.similarPixels(asked);
      const points = [[pixel[0] * 8 + 4, pixel[1] * 8 + 4]] as const;
      await model.apply({ tool, mode, points, tolerance, spans });
    },
    async finish() {
      model.endPreview();
      model.stop();
      const isChanged = !isSame(model.edits, kept.edits);
      commit();
      try {
        const command = isChanged ? await strokesAsAsset(editor, place, model.edits) : undefined;
        if (command) editor.run(command, { merge });
      } finally {
        editor.document.seal();
      }
    },
  };
}

function isSame(a: readonly MaskEdit[], b: readonly MaskEdit[]): boolean {
  return a.length === b.length && a.every((edit, i) => edit === b[i]);
}
