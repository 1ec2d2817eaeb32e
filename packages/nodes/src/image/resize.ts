import { defineNode, Image, type ImageValue, type InputFinding, type NodeContext } from "@inlay/engine";
import { z } from "zod";
import { resizeImage } from "../codec/resize-image.ts";
import { runSteps } from "../pace/run-steps.ts";
import { parseColour } from "../pixels/colour.ts";
import { fits, planFit, type Fitting } from "../pixels/fit-size.ts";
import { padSteps } from "../pixels/pad.ts";
import { colour, colourNote } from "./colour-input.ts";

const side = z.int().min(1).max(20_000).optional();

export default defineNode({
  type: "image/resize",
  version: 1,
  title: "Resize Image",
  category: "Image",
  description:
    "Scales a picture to another size. With only one side given, the other follows from the picture's shape. " +
    "Depth, channels and transparency are kept, and colours are weighted by their alpha.",
  aliases: ["scale", "shrink", "enlarge", "downscale", "upscale", "thumbnail", "dimensions"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to scale." }),
    width: side.meta({
      title: "Width",
      description: "The new width; without it, it follows from the height.",
      unit: "px",
    }),
    height: side.meta({
      title: "Height",
      description: "The new height; without it, it follows from the width.",
      unit: "px",
    }),
    fit: z
      .enum(fits)
      .default("inside")
      .meta({
        title: "Fit",
        description:
          "What to do when both sides are given and the shape differs. `inside`: the largest size of the picture's shape that fits in. " +
          "`outside`: the smallest that covers. `cover`: exactly this size, what protrudes is cut off. " +
          "`contain`: exactly this size, with a background around. `fill`: exactly this size, distorted.",
      }),
    kernel: z
      .enum(["nearest", "bilinear", "bicubic", "mitchell", "lanczos2", "lanczos3"])
      .default("lanczos3")
      .meta({
        title: "Kernel",
        description:
          "How new pixels are made of old ones, from hard to sharp: `nearest` copies pixels unchanged, `bilinear` is soft, " +
          "`bicubic` and `mitchell` are between, `lanczos3` keeps the most detail and may ring at hard edges.",
        advanced: true,
      }),
    without_enlargement: z.boolean().default(false).meta({
      title: "Never Enlarge",
      description: "Keeps a picture that is smaller than the size as it is; `contain` still adds the background.",
    }),
    background: colour.default("#000000").meta({
      title: "Background",
      description: `For \`contain\`: the colour around the picture. ${colourNote}`,
      widget: "color",
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The scaled picture." }) },
  validate: ({ width, height }, later) =>
    width === undefined && height === undefined && !later.has("width") && !later.has("height") ? [noSize] : [],
  run: async ({ image, kernel, without_enlargement, background, ...request }, ctx) => {
    const fitting = planFit(image, { ...request, withoutEnlargement: without_enlargement });
    const run = (steps: Iterator<number, ImageValue, void>) => runSteps(steps, ctx);
    const scaled = await resizeImage(image, fitting, { kernel, run });
    ctx.signal.throwIfAborted();
    return { image: await layOnCanvas(scaled, { fitting, background }, ctx) };
  },
});

const noSize: InputFinding = {
  code: "image.size-missing",
  message: "Neither a width nor a height is given.",
  input: "width",
  expected: "`width`, `height`, or both",
};

interface Canvas {
  readonly fitting: Fitting;
  readonly background: string;
}

function layOnCanvas(image: ImageValue, { fitting, background }: Canvas, ctx: NodeContext) {
  const { canvas } = fitting;
  if (canvas.width === image.width && canvas.height === image.height) return image;
  const left = Math.floor((canvas.width - image.width) / 2);
  const top = Math.floor((canvas.height - image.height) / 2);
  const right = canvas.width - image.width - left;
  const bottom = canvas.height - image.height - top;
  return runSteps(padSteps(image, { left, top, right, bottom, fill: parseColour(background) }), ctx);
}
