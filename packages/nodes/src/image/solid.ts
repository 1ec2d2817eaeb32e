import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { parseColour } from "../pixels/colour.ts";
import { solidImage } from "../pixels/solid.ts";
import { colour } from "./colour-input.ts";

const side = z.int().min(1).max(20_000).default(1024);

export default defineNode({
  type: "image/solid",
  version: 1,
  title: "Plain Image",
  category: "Image",
  description: "Makes a picture of one colour: a background for Composite, Blend or Paste.",
  aliases: ["empty", "blank", "background", "color", "fill", "canvas", "new"],
  inputs: {
    width: side.meta({ title: "Width", description: "The picture's width.", unit: "px" }),
    height: side.meta({ title: "Height", description: "The picture's height.", unit: "px" }),
    color: colour.default("#ffffff").meta({
      title: "Colour",
      description: "`#rrggbb`, or `#rrggbbaa` with alpha, which gives the picture an alpha channel.",
      widget: "color",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The picture, 8 bits a channel." }) },
  run: ({ width, height, color }) => ({ image: solidImage({ width, height }, parseColour(color)) }),
});
