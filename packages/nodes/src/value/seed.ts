import { defineNode } from "@inlay/engine";
import { z } from "zod";

const seed = z.int().min(0).max(4_294_967_295);

export default defineNode({
  type: "value/seed",
  version: 1,
  title: "Seed",
  category: "Value",
  description:
    "The start of random choices, to be shared by several nodes. The same seed gives the same result again; it may also be drawn anew or counted up with every run.",
  aliases: ["random", "noise", "variation", "dice"],
  inputs: {
    value: seed.default(1).meta({ title: "Seed", description: "An integer of 0 to 2³² − 1.", widget: "seed" }),
  },
  outputs: { value: seed.meta({ title: "Seed", description: "The seed of this run." }) },
  resource: "none",
  run: ({ value }) => ({ value }),
});
