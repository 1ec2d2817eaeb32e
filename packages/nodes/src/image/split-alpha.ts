import { defineNode, Image, Mask } from "@inlay/engine";
import { channelSteps } from "../mask/channel-steps.ts";
import { runSteps } from "../pace/run-steps.ts";
import { dropAlpha } from "../pixels/flatten.ts";

export default defineNode({
  type: "image/split-alpha",
  version: 1,
  title: "Split Alpha",
  category: "Image",
  description:
    "Takes a picture's transparency off as a mask. Colours stay exactly as they are stored, also where they were transparent.",
  aliases: ["transparency", "opacity", "alpha to mask", "remove alpha", "channel"],
  inputs: { image: Image.meta({ title: "Image", description: "The picture to take apart." }) },
  outputs: {
    image: Image.meta({ title: "Image", description: "The picture without transparency." }),
    mask: Mask.meta({
      title: "Mask",
      description: "255 where the picture was opaque, 0 where it was transparent; 255 everywhere if it had no alpha.",
    }),
  },
  run: async ({ image }, ctx) => {
    const { width, height } = image;
    const data = await runSteps(channelSteps(image, "alpha"), ctx);
    return { image: dropAlpha(image), mask: { kind: "mask", width, height, data } };
  },
});
