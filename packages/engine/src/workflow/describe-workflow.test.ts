import { expect, test } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { defineNode } from "../node/define-node.ts";
import { catalogOf, definePack } from "../node/pack.ts";
import { File } from "../node/sockets.ts";
import { describeWorkflow } from "./describe-workflow.ts";
import { readWorkflow } from "./read-workflow.ts";

const blur = defineNode({
  type: "test/blur",
  version: 1,
  title: "Blur",
  category: "Test",
  description: "Blurs.",
  inputs: {
    source: File,
    radius: z.number().gt(0).max(64).default(2).meta({ title: "Radius", description: "How far.", unit: "px" }),
    steps: z.int().min(1).max(9).default(3),
    edges: z.enum(["wrap", "clamp"]).default("wrap"),
  },
  outputs: { name: z.string() },
  run: () => ({ name: "" }),
});

const catalog = catalogOf([definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, [blur])]);

function describe(inputs: JsonObject, fed: JsonObject, outputs: JsonObject = {}) {
  const nodes = { a: { type: "test/blur", version: 1, inputs: fed } };
  const { workflow } = readWorkflow(JSON.stringify({ inlay: 1, inputs, outputs, nodes }));
  return describeWorkflow(workflow!, catalog);
}

test("a number accepts what both its declaration and the input that it feeds allow", () => {
  const { inputs } = describe({ r: { type: "number", max: 10 } }, { radius: { $input: "r" } });
  expect(inputs).toMatchObject([{ name: "r", accepts: "number above 0 to 10", required: true }]);
});

test("an integer that feeds a number stays an integer", () => {
  const { inputs } = describe({ n: { type: "integer", min: 2 } }, { radius: { $input: "n" } });
  expect(inputs[0]?.accepts).toBe("integer from 2 to 64");
});

test("a text accepts the choices of the input that it feeds", () => {
  const { inputs } = describe({ e: { type: "string", default: "clamp" } }, { edges: { $input: "e" } });
  expect(inputs).toMatchObject([{ accepts: 'one of "wrap", "clamp"', required: false, default: "clamp" }]);
});

test.each([
  ["image", "path of an image"],
  ["mask", "path of a mask"],
  ["file", "path of a file"],
])("an input of type %s accepts the %s", (type, accepts) => {
  expect(describe({ p: { type } }, { source: { $input: "p" } }).inputs[0]?.accepts).toBe(accepts);
});

test("title, description and unit come from the fed input where the workflow is silent", () => {
  const [own, borrowed] = describe(
    { r: { type: "number", title: "Softness", order: 1 }, s: { type: "number", order: 2 } },
    { radius: { $input: "s" } },
  ).inputs;
  expect(own).toMatchObject({ title: "Softness" });
  expect(borrowed).toMatchObject({ title: "Radius", description: "How far.", unit: "px" });
});

test("inputs stand in the order that their author gave, those without one last", () => {
  const { inputs } = describe(
    { a: { type: "string" }, b: { type: "string", order: 2 }, c: { type: "string", order: 1 } },
    {},
  );
  expect(inputs.map(({ name }) => name)).toEqual(["c", "b", "a"]);
});

test("an output has its node's type, or unknown where the type is not installed", () => {
  const { outputs } = describe({}, {}, { name: { node: "a", output: "name" }, lost: { node: "b", output: "x" } });
  expect(outputs).toMatchObject([
    { name: "name", type: "text" },
    { name: "lost", type: "unknown" },
  ]);
});
