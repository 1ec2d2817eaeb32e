import type { ImageValue, MaskValue } from "@inlay/engine";

/** A mask as a grey picture of the same samples: white is selected. A picture is itself. */
export function maskAsImage(value: ImageValue | MaskValue): ImageValue {
  return value.kind === "image" ? value : { ...value, kind: "image", channels: 1, depth: "u8" };
}
