import { defineNode, EngineError, Mask, type MaskValue } from "@inlay/engine";
import { maskBounds } from "@inlay/raster";
import { z } from "zod";

const pixels = z.int().min(0);
const side = z.int().min(1);

export default defineNode({
  type: "mask/bounds",
  version: 1,
  title: "Mask Bounds",
  category: "Mask",
  description:
    "Measures the smallest rectangle that holds everything that a mask selects, soft edges too. Its numbers fit the crop of a picture of the same size.",
  aliases: ["bounding box", "bbox", "extent", "rectangle", "crop", "measure"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to measure; it must select something." }),
    padding: z.int().min(0).max(16_384).default(0).meta({
      title: "Padding",
      description: "How much wider the rectangle becomes on every side, as far as the picture reaches.",
      unit: "px",
    }),
  },
  outputs: {
    x: pixels.meta({ title: "X", description: "From the picture's left edge to the rectangle's, in pixels." }),
    y: pixels.meta({ title: "Y", description: "From the picture's top edge to the rectangle's, in pixels." }),
    width: side.meta({ title: "Width", description: "The rectangle's width in pixels." }),
    height: side.meta({ title: "Height", description: "The rectangle's height in pixels." }),
  },
  run: ({ mask, padding }) => paddedBounds(mask, padding),
});

function paddedBounds({ data, width, height }: MaskValue, padding: number) {
  const bounds = maskBounds(data, width, height);
  if (!bounds) throw emptyMask();
  const x = Math.max(0, bounds.x - padding);
  const y = Math.max(0, bounds.y - padding);
  const right = Math.min(width, bounds.x + bounds.width + padding);
  const bottom = Math.min(height, bounds.y + bounds.height + padding);
  return { x, y, width: right - x, height: bottom - y };
}

function emptyMask(): EngineError {
  return new EngineError({
    code: "mask.empty",
    message: "The mask selects nothing, so it has no bounds.",
    input: "mask",
    expected: "a mask with at least one sample above 0",
  });
}
