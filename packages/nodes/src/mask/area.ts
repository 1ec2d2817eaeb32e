import { defineNode, Mask } from "@inlay/engine";
import { z } from "zod";

export default defineNode({
  type: "mask/area",
  version: 1,
  title: "Mask Area",
  category: "Mask",
  description: "Measures how much a mask selects, so that a switch can leave out what would have nothing to do.",
  aliases: ["coverage", "size", "empty", "percentage", "count", "measure", "statistics"],
  inputs: { mask: Mask.meta({ title: "Mask", description: "The mask to measure." }) },
  outputs: {
    share: z.number().meta({
      title: "Share",
      description:
        "The mean of all samples, from 0 (nothing is selected) to 1 (everything): half selected counts half.",
    }),
    pixels: z.int().meta({ title: "Pixels", description: "How many pixels are at least half selected." }),
    is_empty: z.boolean().meta({ title: "Is Empty", description: "Whether every sample is 0." }),
    is_full: z.boolean().meta({ title: "Is Full", description: "Whether every sample is 255." }),
  },
  run: ({ mask: { data } }) => {
    let sum = 0;
    let pixels = 0;
    for (let i = 0; i < data.length; i++) {
      sum += data[i]!;
      pixels += data[i]! >> 7;
    }
    const full = data.length * 255;
    return { share: sum / full, pixels, is_empty: sum === 0, is_full: sum === full };
  },
});
