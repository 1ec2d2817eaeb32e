import { defineNode, EngineError } from "@inlay/engine";
import { z } from "zod";

const operations = ["add", "subtract", "multiply", "divide", "remainder", "power", "min", "max"] as const;

type Operation = (typeof operations)[number];

const number = z.number().default(0);

export default defineNode({
  type: "value/calculate",
  version: 1,
  title: "Calculate",
  category: "Value",
  description: "Computes one number of two, such as half a picture's width.",
  aliases: ["math", "arithmetic", "add", "subtract", "multiply", "divide", "round", "sum", "expression"],
  inputs: {
    a: number.meta({ title: "A", description: "The first number: any finite one." }),
    operation: z
      .enum(operations)
      .default("add")
      .meta({
        title: "Operation",
        description:
          "`add` a + b, `subtract` a − b, `multiply` a × b, `divide` a ÷ b, `remainder` of a ÷ b (with the sign of b), " +
          "`power` aᵇ, the smaller (`min`) or the larger (`max`).",
      }),
    b: number.meta({ title: "B", description: "The second number: any finite one." }),
    round: z.enum(["none", "nearest", "down", "up"]).default("none").meta({
      title: "Round",
      description:
        "Makes a whole number of the result: the nearest (halves upwards), the next below, or the next above.",
    }),
  },
  outputs: {
    value: z.union([z.int(), z.number()]).meta({ title: "Value", description: "The result." }),
  },
  resource: "none",
  run: ({ a, b, operation, round }) => {
    const value = rounding[round](compute[operation](a, b));
    if (Number.isFinite(value)) return { value: value + 0 };
    throw new EngineError({
      code: "value.not-a-number",
      message: "The result is not a finite number.",
      input: "b",
      expected: operation === "divide" || operation === "remainder" ? "a number other than 0" : "smaller numbers",
      received: `${operation} of ${a} and ${b}`,
    });
  },
});

const compute: Readonly<Record<Operation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  remainder: (a, b) => ((a % b) + b) % b,
  power: (a, b) => a ** b,
  min: Math.min,
  max: Math.max,
};

const rounding = {
  none: (value: number) => value,
  nearest: Math.round,
  down: Math.floor,
  up: Math.ceil,
} as const;
