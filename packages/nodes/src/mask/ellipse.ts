import { defineNode } from "@inlay/engine";
import { rasterizeEllipse } from "@inlay/raster";
import { z } from "zod";
import { finishDrawing } from "./draw.ts";
import { antialias, invert, reach, shapeMask, sizeSource } from "./shape-inputs.ts";

const position = z.number().min(-reach).max(reach);
const radius = z.number().min(0).max(reach);

export default defineNode({
  type: "mask/ellipse",
  version: 1,
  title: "Ellipse Mask",
  category: "Mask",
  description: "Selects an upright ellipse. Lengths are pixels of the picture, and may be fractions.",
  aliases: ["circle", "oval", "round", "shape"],
  inputs: {
    image: sizeSource,
    cx: position.meta({ title: "Centre X", description: "From the left edge to the centre.", unit: "px" }),
    cy: position.meta({ title: "Centre Y", description: "From the top edge to the centre.", unit: "px" }),
    rx: radius.meta({ title: "Radius X", description: "Half the ellipse's width.", unit: "px" }),
    ry: radius.meta({ title: "Radius Y", description: "Half the ellipse's height.", unit: "px" }),
    antialias,
    invert,
  },
  outputs: { mask: shapeMask },
  run: ({ image, cx, cy, rx, ry, antialias, invert }, ctx) => {
    const canvas = { width: image.width, height: image.height, antialias };
    const data = rasterizeEllipse(canvas, { centerX: cx, centerY: cy, radiusX: rx, radiusY: ry });
    return finishDrawing({ image, data, invert }, ctx);
  },
});
