import { defineNode, Mask, type ImageValue } from "@inlay/engine";
import { z } from "zod";
import { resizeImage } from "../codec/resize-image.ts";
import { runSteps } from "../pace/run-steps.ts";
import { maskAsImage } from "../pixels/mask-as-image.ts";
import { resizeMask } from "../pixels/resize-mask.ts";
import { sameSize } from "../pixels/size.ts";
import { sizeSource } from "./shape-inputs.ts";

export default defineNode({
  type: "mask/resize",
  version: 1,
  title: "Resize Mask",
  category: "Mask",
  description:
    "Brings a mask to the size of a picture that was scaled. Its shape is stretched if the picture has another one.",
  aliases: ["scale", "stretch", "fit", "match size"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to scale." }),
    image: sizeSource,
    smooth: z.boolean().default(true).meta({
      title: "Smooth",
      description:
        "Interpolates, which keeps soft edges soft. Without, samples are copied, so that no new levels appear.",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "The mask in the picture's size." }) },
  run: async ({ mask, image: { width, height }, smooth }, ctx) => {
    if (sameSize(mask, { width, height })) return { mask };
    if (!smooth) return { mask: resizeMask(mask, { width, height }) };
    const run = (steps: Iterator<number, ImageValue, void>) => runSteps(steps, ctx);
    const scaled = await resizeImage(maskAsImage(mask), { width, height }, { kernel: "bilinear", run });
    ctx.signal.throwIfAborted();
    return { mask: { kind: "mask", width, height, data: scaled.data as Uint8Array } };
  },
});
