import { defineNode } from "@inlay/engine";
import { rasterizeRectangle } from "@inlay/raster";
import { z } from "zod";
import { finishDrawing } from "./draw.ts";
import { antialias, invert, reach, shapeMask, sizeSource } from "./shape-inputs.ts";

const position = z
  .number()
  .min(-reach / 2)
  .max(reach / 2);
const side = z
  .number()
  .min(0)
  .max(reach / 2);

export default defineNode({
  type: "mask/rectangle",
  version: 1,
  title: "Rectangle Mask",
  category: "Mask",
  description: "Selects an upright rectangle. Lengths are pixels of the picture, and may be fractions.",
  aliases: ["box", "square", "area", "region", "shape"],
  inputs: {
    image: sizeSource,
    x: position.meta({ title: "X", description: "From the picture's left edge to the rectangle's.", unit: "px" }),
    y: position.meta({ title: "Y", description: "From the picture's top edge to the rectangle's.", unit: "px" }),
    width: side.meta({ title: "Width", description: "The rectangle's width; 0 selects nothing.", unit: "px" }),
    height: side.meta({ title: "Height", description: "The rectangle's height; 0 selects nothing.", unit: "px" }),
    antialias,
    invert,
  },
  outputs: { mask: shapeMask },
  run: ({ image, x, y, width, height, antialias, invert }, ctx) => {
    const canvas = { width: image.width, height: image.height, antialias };
    return finishDrawing({ image, data: rasterizeRectangle(canvas, { x, y, width, height }), invert }, ctx);
  },
});
