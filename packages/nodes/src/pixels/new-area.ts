import type { MaskValue } from "@inlay/engine";
import type { Padding } from "./pad.ts";
import { checkSize } from "./check-size.ts";
import type { Size } from "./size.ts";

/** The mask of what is added around a picture of that size: 255 for the new pixels. Throws `image.too-large`. */
export function newAreaOf(inner: Size, { left, top, right, bottom }: Omit<Padding, "fill">): MaskValue {
  const width = left + inner.width + right;
  const height = top + inner.height + bottom;
  checkSize({ width, height });
  const data = new Uint8Array(width * height).fill(255);
  for (let y = top; y < top + inner.height; y++) data.fill(0, y * width + left, y * width + left + inner.width);
  return { kind: "mask", width, height, data };
}
