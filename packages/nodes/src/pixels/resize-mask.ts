import type { MaskValue } from "@inlay/engine";
import type { Size } from "./size.ts";

/** The mask stretched to another size by the nearest sample, so that no new levels appear. */
export function resizeMask(mask: MaskValue, { width, height }: Size): MaskValue {
  const data = new Uint8Array(width * height);
  const columns = Uint32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * mask.width) / width));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * mask.height) / height) * mask.width;
    for (let x = 0; x < width; x++) data[y * width + x] = mask.data[row + columns[x]!]!;
  }
  return { kind: "mask", width, height, data };
}
