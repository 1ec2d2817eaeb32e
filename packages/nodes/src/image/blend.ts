import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { runImage } from "../pace/run-image.ts";
import { blendImagesSteps } from "../pixels/blend-images.ts";
import { blendModes } from "../pixels/blend-modes.ts";

export default defineNode({
  type: "image/blend",
  version: 1,
  title: "Blend Images",
  category: "Image",
  description:
    "Lays one picture over another by a blend mode, as the W3C's compositing standard says. " +
    "The result has the background's depth, and transparency if the background has it. To select by a mask, use Composite Images.",
  aliases: ["mix", "layer", "overlay", "multiply", "screen", "merge", "crossfade"],
  inputs: {
    background: Image.meta({ title: "Background", description: "The picture below." }),
    foreground: Image.meta({
      title: "Foreground",
      description: "The picture above, of the same size. Its transparency lets the background through.",
    }),
    mode: z
      .enum(blendModes)
      .default("normal")
      .meta({
        title: "Mode",
        description:
          "`normal` covers; `multiply` and `darken` darken; `screen`, `lighten` and `add` lighten; " +
          "`overlay` and `soft-light` raise contrast; `difference` shows where the pictures differ.",
      }),
    opacity: z.number().min(0).max(1).default(1).meta({
      title: "Opacity",
      description: "Weakens the whole foreground: 0 shows none of it.",
      widget: "slider",
      step: 0.01,
    }),
  },
  outputs: { image: Image.meta({ title: "Image", description: "Both pictures in one." }) },
  run: (inputs, ctx) => runImage(blendImagesSteps(inputs), ctx),
});
