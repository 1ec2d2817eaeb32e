import { defineNode, Image } from "@inlay/engine";
import { z } from "zod";
import { runSteps } from "../pace/run-steps.ts";
import { compareSteps, type Comparison } from "../pixels/compare.ts";

export default defineNode({
  type: "image/compare",
  version: 1,
  title: "Compare Images",
  category: "Image",
  description:
    "Measures how two pictures of one size differ, sample by sample, and shows where. " +
    "Of unlike formats the richer one counts: more depth, colour before grey, no alpha as opaque.",
  aliases: ["difference", "diff", "psnr", "error", "quality", "equal", "test"],
  inputs: {
    a: Image.meta({ title: "First", description: "One picture." }),
    b: Image.meta({ title: "Second", description: "The other picture, of the same size." }),
    tolerance: z.number().min(0).max(255).default(0).meta({
      title: "Tolerance",
      description: "Samples that differ by at most this count as equal.",
      unit: "of 255",
    }),
    amplify: z.number().min(1).max(255).default(1).meta({
      title: "Amplify",
      description: "Multiplies the difference in the picture that shows it, not the measures.",
      unit: "×",
      widget: "slider",
    }),
  },
  outputs: {
    image: Image.meta({ title: "Difference", description: "Black where the pictures are equal." }),
    equal: z.boolean().meta({ title: "Equal", description: "Whether no sample differs by more than the tolerance." }),
    differing: z.int().meta({
      title: "Differing Samples",
      description: "How many samples (pixels × channels) differ by more than the tolerance.",
    }),
    max: z.number().meta({ title: "Largest Difference", description: "Of one sample, in levels of 0–255." }),
    mean: z.number().meta({ title: "Mean Difference", description: "Over all samples, in levels of 0–255." }),
    psnr: z.union([z.number(), z.literal(null)]).meta({
      title: "PSNR",
      description:
        "Peak signal-to-noise ratio in decibels, 10 · log₁₀(255² ÷ mean squared difference): higher is more alike. Null for identical pictures.",
    }),
  },
  run: ({ a, b, tolerance, amplify }, ctx) => {
    const comparison = runSteps<Comparison>(compareSteps(a, b, { tolerance, amplify }), ctx);
    return comparison instanceof Promise ? comparison.then(answer) : answer(comparison);
  },
});

function answer({ image, max, mean, meanSquare, differing }: Comparison) {
  const psnr = meanSquare === 0 ? null : 10 * Math.log10(255 ** 2 / meanSquare);
  return { image, equal: differing === 0, differing, max, mean, psnr };
}
