import { defineNode, EngineError } from "@inlay/engine";
import { z } from "zod";
import { AnyValue } from "./any-value.ts";

export default defineNode({
  type: "value/switch",
  version: 1,
  title: "Switch",
  category: "Value",
  description:
    "Chooses between two values. What leads to the other one does not run: a paid job there is never submitted.",
  aliases: ["if", "else", "condition", "choose", "branch", "lazy"],
  inputs: {
    condition: z.boolean().meta({ title: "Condition", description: "true or false: which of the two is chosen." }),
    on_true: AnyValue.optional().meta({
      title: "On true",
      description: "The value when the condition is true: an image, a mask, a file or any JSON value.",
    }),
    on_false: AnyValue.optional().meta({
      title: "On false",
      description: "The value when the condition is false: an image, a mask, a file or any JSON value.",
    }),
  },
  outputs: { value: AnyValue.meta({ title: "Value", description: "The chosen value as it is." }) },
  resource: "none",
  lazy: ["on_true", "on_false"],
  needs: ({ condition }) => [condition ? "on_true" : "on_false"],
  run({ condition, on_true, on_false }) {
    const value = condition ? on_true : on_false;
    if (value !== undefined) return { value };
    const input = condition ? "on_true" : "on_false";
    throw new EngineError({
      code: "input.missing",
      message: `The condition is ${condition}, and \`${input}\` has no value.`,
      input,
      suggestion: `Link \`${input}\`, or give it a value.`,
    });
  },
});
