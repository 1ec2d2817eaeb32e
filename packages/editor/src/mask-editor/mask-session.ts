import type { EditMode } from "@inlay/raster";
import { isMaskPicture } from "../app/draw-mask.ts";
import type { Editor } from "../app/editor.ts";
import type { InputPlace } from "../document/graph.ts";
import { api } from "../server/api.ts";
import { loadBase } from "./load-picture.ts";
import { type Device, fitsMemory, mostMegapixels } from "./mask-memory.ts";
import { MaskModel } from "./mask-model.ts";
import { pictureKeeper, strokesKeeper } from "./mask-keeper.ts";
import { type MaskSource, maskSource, pictureSource } from "./mask-source.ts";

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
  /** The same for the last time; long lists move into an asset, and a picture of a mask into the workspace. */
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

/** Opens the mask of a node, or the picture of a mask that a file field names. Fails with `ApiError` when the picture cannot be read. */
export async function openMask(
  editor: Editor,
  place: InputPlace,
  run: string | undefined,
): Promise<MaskSession | { readonly problem: MaskProblem }> {
  const isPicture = isMaskPicture(editor, place);
  const source = isPicture ? pictureSource(editor, place, run) : maskSource(editor, place.node, run);
  if (!source) return { problem: { kind: "no-picture" } };
  const [size, keeper] = await Promise.all([
    api.similarPixels({ source: source.source }),
    isPicture ? pictureKeeper(editor, place) : strokesKeeper(editor, place),
  ]);
  if ("problem" in keeper) return { problem: { kind: keeper.problem } };
  const device = navigator as Device;
  if (!fitsMemory(size, device)) {
    const megapixels = Math.round((size.width * size.height) / 1e6);
    return { problem: { kind: "too-large", megapixels, most: mostMegapixels(device) } };
  }
  const base =
    source.baseUrl === undefined ? undefined : await loadBase(source.baseUrl, size, isPicture).catch(() => undefined);
  const model = new MaskModel(size, base);
  await model.load(keeper.edits);
  return {
    model,
    source,
    isBaseUnknown: source.hasBase && !base,
    commit: () => keeper.commit(model.edits),
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
      await keeper.finish(model.edits, model.canvas);
    },
  };
}
