import { defineNode, EngineError, Image, type ImageValue, type InputFinding, Mask } from "@inlay/engine";
import { keepConnectedSteps } from "@inlay/raster";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { colourPattern, parseColour } from "../pixels/colour.ts";
import { hasSelection } from "../pixels/has-selection.ts";
import { describeSize } from "../pixels/size.ts";
import type { MaskSteps } from "./run-mask.ts";
import { reach } from "./shape-inputs.ts";
import { colourAt, similarSteps, type Rgb } from "./similar-steps.ts";

const coordinate = z.int().min(0).max(reach);

export default defineNode({
  type: "mask/from-color",
  version: 1,
  title: "Mask from Colour",
  category: "Mask",
  description:
    "Selects the pixels that have about one colour: a given one, or that of a point. From a point, only the connected area is selected unless `contiguous` is off. " +
    "The mask is hard; transparency is ignored.",
  aliases: ["magic wand", "chroma key", "green screen", "colour range", "bucket", "similar"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture whose colours are compared." }),
    color: z.string().regex(colourPattern).optional().meta({
      title: "Colour",
      description: "The colour to select, `#rrggbb`; alpha is ignored. Without it, the colour of the point is taken.",
      widget: "color",
    }),
    point: z.tuple([coordinate, coordinate]).optional().meta({
      title: "Point",
      description: "A pixel [x, y], counted from 0 at the picture's top left corner.",
      unit: "px",
      widget: "point",
    }),
    tolerance: z.number().min(0).max(255).default(32).meta({
      title: "Tolerance",
      description:
        "How far red, green and blue may each be from the colour, on the scale of 0–255 whatever the picture's depth. 0 takes only the colour itself.",
      widget: "slider",
    }),
    contiguous: z.boolean().default(true).meta({
      title: "Contiguous",
      description:
        "With a point: selects only what is connected with it through pixels of the colour, up, down, left and right. Without a point it changes nothing.",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 where the colour is, 0 elsewhere." }) },
  validate: ({ color, point }, later) =>
    color === undefined && point === undefined && !later.has("color") && !later.has("point") ? [nothingToSelect] : [],
  run: async ({ image, color, point, tolerance, contiguous }, ctx) => {
    if (point) checkPoint(point, image);
    const target = targetOf(image, color, point);
    const start = contiguous ? point : undefined;
    const data = await runSteps<Uint8Array>(selectSteps({ image, target, tolerance, start }), ctx);
    if (!hasSelection(data)) ctx.log("warning", "No pixel has the colour, so nothing is selected.");
    return { mask: { kind: "mask", width: image.width, height: image.height, data } };
  },
});

type Pixel = readonly [x: number, y: number];

interface Selection {
  readonly image: ImageValue;
  readonly target: Rgb;
  readonly tolerance: number;
  /** Only what is connected with this pixel. */
  readonly start: Pixel | undefined;
}

function* selectSteps({ image, target, tolerance, start }: Selection): MaskSteps {
  const similar = yield* similarSteps(image, target, tolerance);
  return start ? yield* keepConnectedSteps(similar, image.width, image.height, start) : similar;
}

function targetOf(image: ImageValue, color: string | undefined, point: Pixel | undefined): Rgb {
  if (color !== undefined) {
    const [red, green, blue] = parseColour(color);
    return [red, green, blue];
  }
  // The rules want one of the two.
  return colourAt(image, ...point!);
}

const nothingToSelect: InputFinding = {
  code: "input.color",
  message: "There is no colour to select.",
  input: "color",
  expected: "a colour, a point, or both",
  received: "neither",
};

function checkPoint([x, y]: Pixel, image: ImageValue): void {
  if (x < image.width && y < image.height) return;
  throw new EngineError({
    code: "input.point",
    message: "The point lies outside the picture.",
    input: "point",
    expected: `a pixel of ${describeSize(image)}`,
    received: `(${x}, ${y})`,
  });
}
