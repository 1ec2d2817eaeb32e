import { defineNode } from "@inlay/engine";
import { z } from "zod";

export default defineNode({
  type: "value/integer",
  version: 1,
  title: "Integer",
  category: "Value",
  description: "A whole number, to be used in several places, such as a width in pixels.",
  aliases: ["int", "whole", "count", "constant", "primitive"],
  inputs: {
    value: z.int().default(0).meta({ title: "Integer", description: "A whole number within ±(2⁵³ − 1)." }),
  },
  outputs: { value: z.int().meta({ title: "Integer", description: "The number as it is." }) },
  resource: "none",
  run: ({ value }) => ({ value }),
});
