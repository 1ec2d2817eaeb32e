import { defineNode, Image, Mask, type ImageValue } from "@inlay/engine";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { parseColour } from "../pixels/colour.ts";
import { newAreaOf } from "../pixels/new-area.ts";
import { padSteps } from "../pixels/pad.ts";
import { colour, colourNote } from "./colour-input.ts";

const amount = z.int().min(0).max(20_000).default(0);

export default defineNode({
  type: "image/pad",
  version: 1,
  title: "Pad Image",
  category: "Image",
  description:
    "Adds pixels around a picture, whose own samples stay exactly as they are: a border, or room for outpainting.",
  aliases: ["border", "extend", "canvas", "margin", "outpaint", "frame"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture in the middle." }),
    left: amount.meta({ title: "Left", description: "Columns to add at the left.", unit: "px" }),
    top: amount.meta({ title: "Top", description: "Rows to add at the top.", unit: "px" }),
    right: amount.meta({ title: "Right", description: "Columns to add at the right.", unit: "px" }),
    bottom: amount.meta({ title: "Bottom", description: "Rows to add at the bottom.", unit: "px" }),
    fill: z.enum(["color", "edge", "reflect"]).default("color").meta({
      title: "Fill",
      description:
        "What the new pixels show: one colour, the nearest pixel of the edge, or the picture mirrored at its edge.",
    }),
    color: colour.default("#000000").meta({
      title: "Colour",
      description: `For the fill \`color\`. ${colourNote}`,
      widget: "color",
    }),
  },
  outputs: {
    image: Image.meta({ title: "Image", description: "The larger picture." }),
    mask: Mask.meta({
      title: "New Area",
      description: "255 where pixels were added, 0 where the picture is: what an inpainting node is to paint.",
    }),
  },
  run: async ({ image, left, top, right, bottom, fill, color }, ctx) => {
    const padding = { left, top, right, bottom, fill: fill === "color" ? parseColour(color) : fill };
    const mask = newAreaOf(image, padding);
    if (left + top + right + bottom === 0) return { image, mask };
    return { image: await runSteps<ImageValue>(padSteps(image, padding), ctx), mask };
  },
});
