import { defineNode, EngineError } from "@inlay/engine";
import { z } from "zod";
import { longestText } from "./longest-text.ts";

const operators = ["equal", "not-equal", "less", "less-or-equal", "greater", "greater-or-equal"] as const;

type Operator = (typeof operators)[number];

const value = z.union([z.number(), z.string().max(longestText), z.boolean()]);

export default defineNode({
  type: "value/compare",
  version: 1,
  title: "Compare Values",
  category: "Value",
  description: "Asks whether one value is equal to, less or greater than another: a condition for a switch.",
  aliases: ["equals", "less", "greater", "condition", "if", "test", "is"],
  inputs: {
    a: value.meta({ title: "A", description: "A number, a text, or true or false." }),
    operator: z.enum(operators).default("equal").meta({
      title: "Operator",
      description: "How A stands to B. What is less or greater needs two numbers, or two texts in their Unicode order.",
    }),
    b: value.meta({ title: "B", description: "What A is compared with. Values of unlike kinds are never equal." }),
  },
  outputs: { value: z.boolean().meta({ title: "Value", description: "Whether it is so." }) },
  resource: "none",
  run: ({ a, operator, b }) => {
    if (operator === "equal") return { value: a === b };
    if (operator === "not-equal") return { value: a !== b };
    if (typeof a !== typeof b || typeof a === "boolean") throw noOrder(a, b);
    return { value: inOrder[operator](a < b, a > b) };
  },
});

const inOrder: Readonly<
  Record<Exclude<Operator, "equal" | "not-equal">, (isLess: boolean, isGreater: boolean) => boolean>
> = {
  less: (isLess) => isLess,
  "less-or-equal": (_isLess, isGreater) => !isGreater,
  greater: (_isLess, isGreater) => isGreater,
  "greater-or-equal": (isLess) => !isLess,
};

type Value = string | number | boolean;

function noOrder(a: Value, b: Value): EngineError {
  return new EngineError({
    code: "value.no-order",
    message: "These two values have no order.",
    input: "b",
    expected: "two numbers or two texts",
    received: `${JSON.stringify(a)} and ${JSON.stringify(b)}`,
  });
}
