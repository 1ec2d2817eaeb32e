import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { AnyValue } from "../value/any-value.ts";
import { loopBody } from "./loop-body.ts";

const type = "flow/repeat-until";

export default defineNode({
  type,
  version: 1,
  title: "Repeat Until",
  category: "Flow",
  description:
    "Runs a sub-workflow until it says that it is done. The sub-workflow has a named input `value` and the named outputs `value` and `done`; a named input `index` gets 0, 1, 2 and so on.",
  aliases: ["loop", "while", "until", "condition"],
  inputs: {
    workflow: z.string().meta({
      title: "Sub-workflow",
      description: "The name of a sub-workflow of this file.",
      subWorkflow: true,
    }),
    value: AnyValue.meta({
      title: "Value",
      description: "What goes in the first time: an image, a mask or any JSON value.",
    }),
    most: z.int().min(1).max(60).default(20).meta({
      title: "At most",
      description: "How often it runs when it is never done; then the last value counts.",
      unit: "times",
    }),
    done: z.boolean().default(false).meta({
      title: "Done",
      description: "Whether nothing is to be done at all: true gives the value back as it is.",
      advanced: true,
    }),
    index: z.int().min(0).max(60).default(0).meta({
      title: "First index",
      description: "What the sub-workflow gets as `index` the first time.",
      unit: "times",
      advanced: true,
    }),
  },
  outputs: { value: AnyValue.meta({ title: "Value", description: "What came out the last time." }) },
  resource: "none",
  run({ workflow, value, most, done, index }, ctx) {
    if (done || index >= most) return { value };
    const body = loopBody(ctx, workflow, ["value", "done"]);
    return ctx.expand({
      nodes: {
        time: {
          type: `workflow/${body.name}`,
          inputs: { value: { $input: "value" }, ...(body.takesIndex && { index }) },
        },
        rest: {
          type,
          inputs: {
            workflow,
            most,
            value: { $link: ["time", "value"] },
            done: { $link: ["time", "done"] },
            index: index + 1,
          },
        },
      },
      outputs: { value: { node: "rest", output: "value" } },
      inputs: { value },
    });
  },
});
