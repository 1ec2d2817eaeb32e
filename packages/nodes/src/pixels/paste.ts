import type { ImageValue, MaskValue } from "@inlay/engine";
import { clipBox, type Box } from "./box.ts";
import { compositeSteps } from "./composite.ts";
import { cropMask } from "./crop-mask.ts";
import { cropSteps } from "./crop.ts";
import { layInto } from "./lay-into.ts";

export interface Pasting {
  readonly background: ImageValue;
  readonly foreground: ImageValue;
  /** Of the foreground's size; without it, all of the foreground shows. */
  readonly mask: MaskValue | undefined;
  /** Where the foreground's top left corner comes to, from the background's. */
  readonly x: number;
  readonly y: number;
  /** 0–1. */
  readonly opacity: number;
}

/**
 * Lays a picture over a part of another, by the rules of `compositeSteps`; what protrudes is cut off. Only the part
 * that is covered is computed. Yields progress (0–1); the background itself when nothing of it is covered.
 */
export function* pasteSteps(pasting: Pasting): Generator<number, ImageValue, void> {
  const { background, foreground, mask, x, y, opacity } = pasting;
  const covered = clipBox({ left: x, top: y, width: foreground.width, height: foreground.height }, background);
  if (!covered) return background;
  const shown = { ...covered, left: covered.left - x, top: covered.top - y };
  const part = yield* compositeSteps({
    background: yield* cropSteps(background, covered),
    foreground: yield* cropSteps(foreground, shown),
    mask: mask ? cropMask(mask, shown) : everything(covered),
    opacity,
  });
  const out = { ...background, data: background.data.slice() };
  layInto(out, part, covered.left, covered.top);
  return out;
}

function everything({ width, height }: Box): MaskValue {
  return { kind: "mask", width, height, data: new Uint8Array(width * height).fill(255) };
}
