import type { MaskValue } from "@inlay/engine";
import type { Box } from "./box.ts";

/** The part of a mask inside a box, which lies within it. */
export function cropMask(mask: MaskValue, { left, top, width, height }: Box): MaskValue {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = (top + y) * mask.width + left;
    data.set(mask.data.subarray(start, start + width), y * width);
  }
  return { kind: "mask", width, height, data };
}
