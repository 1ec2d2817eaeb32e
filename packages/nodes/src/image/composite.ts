import { defineNode, Image, Mask, type ImageValue } from "@inlay/engine";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { compositeSteps } from "../pixels/composite.ts";

export default defineNode({
  type: "image/composite",
  version: 1,
  title: "Composite Images",
  category: "Image",
  description:
    "Lays one picture over another where a mask selects. Where the mask is 0 the background's samples stay exactly as they are; " +
    "the result has the background's channels, depth and transparency.",
  aliases: ["blend", "merge", "overlay", "paste", "combine", "compose"],
  inputs: {
    background: Image.meta({ title: "Background", description: "The picture below, which gives size and format." }),
    foreground: Image.meta({
      title: "Foreground",
      description: "The picture above, of the same size. Its transparency weakens the mask.",
    }),
    mask: Mask.meta({ title: "Mask", description: "Where the foreground shows: 255 fully, 0 not at all." }),
    opacity: z.number().min(0).max(1).default(1).meta({
      title: "Opacity",
      description: "Weakens the whole foreground: 0 shows none of it.",
      widget: "slider",
      step: 0.01,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "Both pictures in one." }) },
  run: (inputs, ctx) => {
    const image = runSteps<ImageValue>(compositeSteps(inputs), ctx);
    return image instanceof Promise ? image.then((value) => ({ image: value })) : { image };
  },
});
