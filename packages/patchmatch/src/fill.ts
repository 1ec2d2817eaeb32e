import { fillError } from "./fill-error.ts";
import { checkRequest, type FillRequest } from "./fill-request.ts";
import { paint, totalWork } from "./paint.ts";
import { pyramid } from "./pyramid.ts";
import { seededRandom } from "./random.ts";
import { cutWindow, pasteWindow } from "./work-window.ts";

/** How a fill talks to its caller: between its steps of at most some 50 ms for each megapixel it looks at. */
export interface FillOptions {
  /** When it returns `true`, the fill ends with `fill.stopped`. */
  readonly shouldStop?: () => boolean;
  /** Work done of the total, which does not change during a fill; the last call has `done === total`. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Awaited between steps, so that a caller on the same thread may do other things. */
  readonly yieldNow?: () => Promise<void>;
}

/**
 * Fills the masked pixels of an image from their surroundings, as new samples of the same layout.
 *
 * The hole is painted with overlapping patches of 7 × 7 pixels that occur elsewhere in the image, from a small
 * version of it up to the full size: PatchMatch (Barnes et al. 2009) finds the patches, and their votes give the
 * pixels (Wexler et al. 2007). It continues texture; it knows nothing of objects. Outside the mask every byte equals
 * the source, and the same request gives the same bytes on every machine.
 *
 * Rejects with `fill.bad-request`, `fill.no-source` (everything is masked) or `fill.stopped`, as `error.data.code`.
 *
 * @example
 * const samples = await fill({ width, height, channels: 3, data, mask, seed: 7 });
 */
export async function fill(request: FillRequest, options: FillOptions = {}): Promise<Uint8Array> {
  checkRequest(request);
  const out = request.data.slice();
  const window = cutWindow(request);
  if (window === undefined) return out;
  const levels = await drain(pyramid(window.picture), 0, options);
  if (levels === undefined)
    throw fillError("fill.no-source", "The whole image is masked: nothing is left to copy from.");
  await drain(paint(levels, seededRandom(request.seed)), totalWork(levels), options);
  pasteWindow(window, request, out);
  return out;
}

async function drain<T>(steps: Generator<number, T, void>, total: number, options: FillOptions): Promise<T> {
  let done = 0;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    done += step.value;
    if (options.shouldStop?.() === true) throw fillError("fill.stopped", "The fill was stopped by its caller.");
    if (step.value > 0) options.onProgress?.(done, total);
    await options.yieldNow?.();
  }
}
