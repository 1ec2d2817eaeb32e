import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { colourPattern } from "../pixels/colour.ts";

const colour = z.string().regex(colourPattern);

export default defineNode({
  type: "value/color",
  version: 1,
  title: "Colour",
  category: "Value",
  description: "A colour in sRGB, to be used in several places.",
  aliases: ["color", "hex", "rgb", "paint", "constant", "primitive"],
  inputs: {
    value: colour.default("#000000").meta({
      title: "Colour",
      description: "`#rrggbb`, or `#rrggbbaa` with alpha.",
      widget: "color",
    }),
  },
  outputs: { value: colour.meta({ title: "Colour", description: "The colour in small letters." }) },
  resource: "none",
  run: ({ value }) => ({ value: value.toLowerCase() }),
});
