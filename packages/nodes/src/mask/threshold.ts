import { defineNode, Mask } from "@inlay/engine";
import { thresholdMask } from "@inlay/raster";
import { z } from "zod";
import { maskRows, runMask } from "./run-mask.ts";

export default defineNode({
  type: "mask/threshold",
  version: 1,
  title: "Threshold Mask",
  category: "Mask",
  description: "Makes a mask hard: every sample becomes 255 or 0, depending on whether it reaches a level.",
  aliases: ["binarize", "harden", "cutoff", "level", "binary"],
  inputs: {
    mask: Mask.meta({ title: "Mask", description: "The mask to make hard." }),
    level: z.int().min(1).max(255).default(128).meta({
      title: "Level",
      description: "The lowest sample that is selected. 1 selects everything that a soft edge touches.",
      widget: "slider",
    }),
  },
  outputs: { mask: Mask.meta({ title: "Mask", description: "255 at the level and above, 0 below." }) },
  run: ({ mask, level }, ctx) =>
    runMask(
      mask,
      maskRows(mask, (start, end) => thresholdMask(mask.data.subarray(start, end), level)),
      ctx,
    ),
});
