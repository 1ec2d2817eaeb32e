import { defineNode, type JsonValue } from "@inlay/engine";
import { z } from "zod";
import { AnyValue } from "../value/any-value.ts";
import { loopBody } from "./loop-body.ts";

export default defineNode({
  type: "flow/repeat",
  version: 1,
  title: "Repeat",
  category: "Flow",
  description:
    "Runs a sub-workflow several times, each time with what the last one gave. The sub-workflow has a named input `value` and a named output `value`; a named input `index` gets 0, 1, 2 and so on.",
  aliases: ["loop", "for", "iterate", "times"],
  inputs: {
    workflow: z.string().meta({
      title: "Sub-workflow",
      description: "The name of a sub-workflow of this file.",
      subWorkflow: true,
    }),
    times: z.int().min(0).max(1000).default(3).meta({
      title: "Times",
      description: "How often it runs; 0 gives the value back as it is.",
      unit: "times",
    }),
    value: AnyValue.meta({
      title: "Value",
      description: "What goes in the first time: an image, a mask or any JSON value.",
    }),
  },
  outputs: { value: AnyValue.meta({ title: "Value", description: "What came out the last time." }) },
  resource: "none",
  run({ workflow, times, value }, ctx) {
    if (times === 0) return { value };
    const body = loopBody(ctx, workflow, ["value"]);
    const nodes: Record<string, { type: string; inputs: Record<string, JsonValue> }> = {};
    for (let i = 0; i < times; i++) {
      const given: JsonValue = i === 0 ? { $input: "value" } : { $link: [`time-${i}`, "value"] };
      nodes[`time-${i + 1}`] = {
        type: `workflow/${body.name}`,
        inputs: { value: given, ...(body.takesIndex && { index: i }) },
      };
    }
    return ctx.expand({ nodes, outputs: { value: { node: `time-${times}`, output: "value" } }, inputs: { value } });
  },
});
