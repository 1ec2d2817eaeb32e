import type { ImageValue, MaskValue, NodeContext } from "@inlay/engine";
import { invertMask } from "@inlay/raster";
import { hasSelection } from "../pixels/has-selection.ts";

/** What every node that draws a mask does with the drawing. */
export interface Drawing {
  readonly image: ImageValue;
  /** The shape's samples, of the image's size. */
  readonly data: Uint8Array;
  readonly invert: boolean;
}

/** Makes the mask of a drawing, and says so when the shape misses the picture. */
export function finishDrawing({ image, data, invert }: Drawing, ctx: NodeContext): { mask: MaskValue } {
  const { width, height } = image;
  if (!hasSelection(data)) ctx.log("warning", `The shape lies outside the picture of ${width} × ${height} pixels.`);
  return { mask: { kind: "mask", width, height, data: invert ? invertMask(data) : data } };
}
