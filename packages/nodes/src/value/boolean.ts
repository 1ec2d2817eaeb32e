import { defineNode } from "@inlay/engine";
import { z } from "zod";

export default defineNode({
  type: "value/boolean",
  version: 1,
  title: "Boolean",
  category: "Value",
  description: "Yes or no, to be used in several places.",
  aliases: ["bool", "toggle", "flag", "true", "false", "constant", "primitive"],
  inputs: {
    value: z.boolean().default(false).meta({ title: "Value", description: "true or false." }),
  },
  outputs: { value: z.boolean().meta({ title: "Value", description: "The value as it is." }) },
  resource: "none",
  run: ({ value }) => ({ value }),
});
