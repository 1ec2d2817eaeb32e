import { defineNode } from "@inlay/engine";
import { z } from "zod";

export default defineNode({
  type: "value/number",
  version: 1,
  title: "Number",
  category: "Value",
  description: "A number, with or without a fraction, to be used in several places.",
  aliases: ["float", "decimal", "constant", "primitive"],
  inputs: {
    value: z.number().default(0).meta({ title: "Number", description: "Any finite number." }),
  },
  outputs: { value: z.number().meta({ title: "Number", description: "The number as it is." }) },
  resource: "none",
  run: ({ value }) => ({ value }),
});
