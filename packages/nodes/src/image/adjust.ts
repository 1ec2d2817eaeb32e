import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { runImage } from "../pace/run-image.ts";
import { adjustSteps } from "../pixels/adjust.ts";

export default defineNode({
  type: "image/adjust",
  version: 1,
  title: "Adjust Image",
  category: "Image",
  description:
    "Changes brightness, contrast, saturation and gamma, in this order: brightness, contrast, gamma, saturation. " +
    "Transparency, depth and channels are kept.",
  aliases: ["brightness", "contrast", "saturation", "gamma", "exposure", "levels", "colour", "grayscale"],
  inputs: {
    image: Image.meta({ title: "Image", description: "The picture to change." }),
    brightness: z.number().min(-1).max(1).default(0).meta({
      title: "Brightness",
      description: "Added to every colour, as a part of the full range: −1 makes black, 1 white.",
      widget: "slider",
      step: 0.01,
    }),
    contrast: z.number().min(0).max(4).default(1).meta({
      title: "Contrast",
      description: "Factor of the distance to middle grey: 0 makes everything grey, 2 doubles the contrast.",
      unit: "×",
      widget: "slider",
      step: 0.01,
    }),
    saturation: z.number().min(0).max(4).default(1).meta({
      title: "Saturation",
      description: "Factor of the distance to the pixel's own grey: 0 takes the colours away, 2 doubles them.",
      unit: "×",
      widget: "slider",
      step: 0.01,
    }),
    gamma: z.number().min(0.1).max(10).default(1).meta({
      title: "Gamma",
      description: "Above 1 lightens the middle tones, below darkens them; black and white stay.",
      widget: "slider",
      step: 0.01,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "The changed picture." }) },
  run: ({ image, ...adjustment }, ctx) => {
    const { brightness, contrast, saturation, gamma } = adjustment;
    const isNeutral = brightness === 0 && contrast === 1 && saturation === 1 && gamma === 1;
    return isNeutral ? { image } : runImage(adjustSteps(image, adjustment), ctx);
  },
});
