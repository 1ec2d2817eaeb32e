import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { blurImage } from "../codec/blur-image.ts";
import { runImage } from "../pace/run-image.ts";
import { unsharpMaskSteps } from "../pixels/unsharp-mask.ts";

export default defineNode({
  type: "image/sharpen",
  version: 1,
  title: "Sharpen Image",
  category: "Image",
  description:
    "Sharpens a picture by unsharp masking: what a blur would take away is added. Transparency and flat areas stay exactly as they are.",
  aliases: ["unsharp", "crisp", "detail", "clarity"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to sharpen." }),
    sigma: z.number().min(0.3).max(64).default(1).meta({
      title: "Sigma",
      description: "The size of the details: the standard deviation of the blur.",
      unit: "px",
      widget: "slider",
      step: 0.1,
    }),
    amount: z.number().min(0).max(10).default(1).meta({
      title: "Amount",
      description: "How strong: 0 changes nothing, 1 doubles the contrast of details.",
      unit: "×",
      widget: "slider",
      step: 0.05,
    }),
    threshold: z.number().min(0).max(1).default(0).meta({
      title: "Threshold",
      description: "Leaves weaker details alone, such as noise: a part of the full range of brightness.",
      widget: "slider",
      step: 0.005,
      advanced: true,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The sharpened picture." }) },
  run: async ({ image, sigma, amount, threshold }, ctx) => {
    if (amount === 0) return { image };
    const blurred = await blurImage(image, sigma, ctx);
    ctx.signal.throwIfAborted();
    return runImage(unsharpMaskSteps(image, { blurred, amount, threshold }), ctx);
  },
});
