import type { ImageValue, MaskValue } from "@inlay/engine";

/** Whether a value is pixels that are in memory. */
export function isPicture(value: unknown): value is ImageValue | MaskValue {
  return (
    typeof value === "object" &&
    value !== null &&
    "kind" in value &&
    (value.kind === "image" || value.kind === "mask") &&
    "data" in value &&
    ArrayBuffer.isView(value.data)
  );
}
