import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { blurImage } from "../codec/blur-image.ts";

export default defineNode({
  type: "image/blur",
  version: 1,
  title: "Blur Image",
  category: "Image",
  description:
    "Softens a picture by a Gaussian. Size, channels and depth are kept; transparent pixels do not bleed their colour.",
  aliases: ["gaussian", "soften", "smooth", "defocus"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to soften." }),
    sigma: z.number().min(0).max(256).default(4).meta({
      title: "Sigma",
      description:
        "The Gaussian's standard deviation: the softness reaches about three times as far. Below 0.3 nothing changes.",
      unit: "px",
      widget: "slider",
      step: 0.1,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The softened picture." }) },
  run: async ({ image, sigma }, ctx) => {
    const blurred = await blurImage(image, sigma, ctx);
    ctx.signal.throwIfAborted();
    return { image: blurred };
  },
});
