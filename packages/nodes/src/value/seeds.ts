import { defineNode } from "@inlay/engine";
import { z } from "zod";

const seed = z.int().min(0).max(4_294_967_295);
const all = 2 ** 32;

export default defineNode({
  type: "value/seeds",
  version: 1,
  title: "Variations",
  category: "Value",
  description:
    "Makes several seeds of one, for as many variations: linked to a seed, the node behind it runs once for each, and a paid node orders a job for each. " +
    "They count up from the first, so that more variations keep those that are there.",
  aliases: ["seeds", "batch", "batch count", "batch size", "repeat", "several", "n"],
  inputs: {
    seed: seed.default(1).meta({ title: "Seed", description: "The first seed.", widget: "seed" }),
    count: z.int().min(1).max(64).default(4).meta({
      title: "Count",
      description: "How many variations. Each new one of a paid node costs money.",
      unit: "items",
    }),
  },
  outputs: {
    seeds: z.array(seed).meta({ title: "Seeds", description: "The seeds in order; after 2³² − 1 comes 0." }),
  },
  resource: "none",
  run: ({ seed: first, count }) => ({ seeds: Array.from({ length: count }, (_, i) => (first + i) % all) }),
});
