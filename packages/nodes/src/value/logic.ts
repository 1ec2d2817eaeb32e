import { defineNode } from "@inlay/engine";
import { z } from "zod";

export default defineNode({
  type: "value/logic",
  version: 1,
  title: "Logic",
  category: "Value",
  description: "Joins conditions: whether all, any, exactly an odd number or none of them are true.",
  aliases: ["and", "or", "not", "xor", "boolean", "condition", "all", "any", "none"],
  inputs: {
    conditions: z.array(z.boolean()).max(1000).meta({
      title: "Conditions",
      description: "True or false, any number of them; `none` of one condition is its opposite.",
    }),
    operation: z.enum(["all", "any", "odd", "none"]).default("all").meta({
      title: "Operation",
      description: "`all`: and. `any`: or. `odd`: exclusive or, true for one of two. `none`: not.",
    }),
  },
  outputs: { value: z.boolean().meta({ title: "Value", description: "Whether it is so." }) },
  resource: "none",
  run: ({ conditions, operation }) => {
    const count = conditions.filter(Boolean).length;
    const answers = { all: count === conditions.length, any: count > 0, odd: count % 2 === 1, none: count === 0 };
    return { value: answers[operation] };
  },
});
