import { defineNode } from "@inlay/engine";
import { rasterizePolygon } from "@inlay/raster";
import { z } from "zod";
import { finishDrawing } from "./draw.ts";
import { antialias, invert, reach, shapeMask, sizeSource } from "./shape-inputs.ts";

const coordinate = z.number().min(-reach).max(reach);

export default defineNode({
  type: "mask/polygon",
  version: 1,
  title: "Polygon Mask",
  category: "Mask",
  description:
    "Selects the inside of an outline with straight sides. An outline that crosses itself has no holes: everything that it winds around is selected.",
  aliases: ["lasso", "outline", "freehand", "shape", "points"],
  inputs: {
    image: sizeSource,
    points: z
      .array(z.tuple([coordinate, coordinate]))
      .min(3)
      .max(10_000)
      .meta({
        title: "Points",
        description:
          "The corners [x, y] in order, from the picture's top left corner. The last is joined to the first.",
        unit: "px",
        widget: "points",
      }),
    antialias,
    invert,
  },
  outputs: { mask: shapeMask },
  run: ({ image, points, antialias, invert }, ctx) => {
    const canvas = { width: image.width, height: image.height, antialias };
    return finishDrawing({ image, data: rasterizePolygon(canvas, { points }), invert }, ctx);
  },
});
