import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { runImage } from "../pace/run-image.ts";
import { parseColour } from "../pixels/colour.ts";
import { quarterTurnSteps } from "../pixels/rearrange.ts";
import { rotateSteps } from "../pixels/rotate.ts";
import { colour, colourNote } from "./colour-input.ts";

export default defineNode({
  type: "image/rotate",
  version: 1,
  title: "Rotate Image",
  category: "Image",
  description:
    "Turns a picture about its centre. Quarters of a turn copy every sample exactly; other angles interpolate bicubically.",
  aliases: ["turn", "straighten", "orientation", "angle", "tilt"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to turn." }),
    angle: z.number().min(-360).max(360).default(90).meta({
      title: "Angle",
      description: "How far to turn: clockwise, or counter-clockwise when negative.",
      unit: "°",
      widget: "slider",
    }),
    expand: z.boolean().default(true).meta({
      title: "Expand",
      description:
        "Makes the result as large as the whole turned picture. Without, it keeps its size and corners are cut off.",
    }),
    background: colour.default("#000000").meta({
      title: "Background",
      description: `What shows where there is no picture. ${colourNote}`,
      widget: "color",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The turned picture." }) },
  run: ({ image, angle, expand, background }, ctx) => {
    const quarters = (((angle / 90) % 4) + 4) % 4;
    if (quarters === 0) return { image };
    const keepsShape = expand || quarters === 2 || image.width === image.height;
    if (isQuarterTurn(quarters) && keepsShape) return runImage(quarterTurnSteps(image, quarters), ctx);
    return runImage(rotateSteps(image, { angle, expand, background: parseColour(background) }), ctx);
  },
});

function isQuarterTurn(quarters: number): quarters is 1 | 2 | 3 {
  return Number.isInteger(quarters);
}
