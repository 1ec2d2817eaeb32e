import { defineNode } from "@inlay/engine";
import { z } from "zod";

const limit = 1_000_000_000_000;
const bound = z.number().min(-limit).max(limit);

export default defineNode({
  type: "value/range",
  version: 1,
  title: "Range",
  category: "Value",
  description:
    "Makes a list of numbers at equal distances: start, start + step, and so on, as for seeds, sizes or strengths to try. " +
    "Whole numbers in give whole numbers out.",
  aliases: ["sequence", "series", "numbers", "count", "seeds", "sweep", "linspace", "list"],
  inputs: {
    start: bound.default(1).meta({ title: "Start", description: "The first number, within ±10¹²." }),
    count: z.int().min(0).max(100_000).default(4).meta({
      title: "Count",
      description: "How many numbers; none gives an empty list, for which nothing runs.",
      unit: "items",
    }),
    step: bound.default(1).meta({ title: "Step", description: "From one number to the next; negative counts down." }),
  },
  outputs: {
    list: z.array(z.union([z.int(), z.number()])).meta({ title: "List", description: "The numbers in order." }),
  },
  resource: "none",
  run: ({ start, count, step }) => ({ list: Array.from({ length: count }, (_, i) => numberAt(start, step, i)) }),
});

/** Sums of decimal fractions are rounded to 12 digits, so that 3 × 0.1 is 0.3. */
function numberAt(start: number, step: number, index: number): number {
  const exact = start + step * index;
  return Number.isInteger(start) && Number.isInteger(step) ? exact : Number(exact.toPrecision(12));
}
