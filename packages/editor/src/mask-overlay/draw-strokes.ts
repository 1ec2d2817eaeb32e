import type { MaskEdit } from "@inlay/raster";
import type { Editor } from "../app/editor.ts";
import type { InputPlace } from "../document/graph.ts";
import { readStrokes } from "../mask-editor/kept-strokes.ts";
import type { DrawRequest } from "./strokes.worker.ts";

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly isInverted: boolean;
}

/** Larger pictures show what is painted on them after a run: a byte for each pixel is kept while it is drawn. */
const mostPixels = 150_000_000;

/** What was drawn of the same list of strokes, which is never changed: a card that comes back shows it at once. */
const known = new WeakMap<readonly MaskEdit[], Map<string, Promise<ImageBitmap | undefined>>>();
/** Drawings wait for each other: one mask is in memory at a time. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Draws a node's strokes as a small picture whose opacity is the mask. Undefined when there are none, or they cannot be
 * read: what is wrong with them stands in the inspector.
 */
export async function drawStrokes(
  editor: Editor,
  place: InputPlace,
  drawing: Drawing,
): Promise<ImageBitmap | undefined> {
  const kept = await readStrokes(editor, place);
  const isEmpty = "problem" in kept || (kept.edits.length === 0 && !drawing.isInverted);
  if (isEmpty || drawing.width * drawing.height > mostPixels) return undefined;
  const key = `${drawing.width} ${drawing.height} ${drawing.isInverted}`;
  const drawings = known.get(kept.edits) ?? new Map<string, Promise<ImageBitmap | undefined>>();
  known.set(kept.edits, drawings);
  const drawn = drawings.get(key) ?? enqueue(() => inWorker({ edits: kept.edits, ...drawing }));
  drawings.set(key, drawn);
  return drawn;
}

function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const result = last.then(work);
  last = result;
  return result;
}

function inWorker(request: DrawRequest): Promise<ImageBitmap | undefined> {
  const worker = new Worker(new URL("./strokes.worker.ts", import.meta.url), { type: "module" });
  return new Promise<ImageBitmap | undefined>((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<ImageBitmap>) => resolve(data));
    worker.addEventListener("error", () => resolve(undefined));
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
