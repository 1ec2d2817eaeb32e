import { defineNode, EngineError, suggestName } from "@inlay/engine";
import { z } from "zod";

const choice = z.string().min(1).max(1000);

export default defineNode({
  type: "value/choice",
  version: 1,
  title: "Choice",
  category: "Value",
  description: "One of several texts, such as a style for a prompt; what is not among them is refused.",
  aliases: ["enum", "select", "option", "dropdown", "combo", "one of", "preset"],
  inputs: {
    choices: z.array(choice).min(1).max(1000).meta({ title: "Choices", description: "What may be chosen, in order." }),
    value: choice.optional().meta({ title: "Value", description: "The chosen one; without it, the first." }),
  },
  outputs: {
    value: z.string().meta({ title: "Value", description: "The chosen text." }),
    index: z.int().meta({ title: "Index", description: "Its place among the choices, from 0." }),
  },
  resource: "none",
  run: ({ choices, value = choices[0]! }) => {
    const index = choices.indexOf(value);
    if (index >= 0) return { value, index };
    const nearest = suggestName(value, choices);
    throw new EngineError({
      code: "input.choice",
      message: "The value is not among the choices.",
      input: "value",
      expected: choices.map((text) => `\`${text}\``).join(", "),
      received: `\`${value}\``,
      ...(nearest !== undefined && { suggestion: `Did you mean \`${nearest}\`?` }),
    });
  },
});
