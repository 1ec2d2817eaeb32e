import type { ImageValue, MaskValue } from "@inlay/engine";

/** A mask as a grey picture of 8 bits, of the same samples. */
export function maskAsImage({ width, height, data }: MaskValue): ImageValue {
  return { kind: "image", width, height, channels: 1, depth: "u8", data };
}
