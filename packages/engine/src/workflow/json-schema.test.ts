import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWorkflow } from "../../test/arbitrary-workflow.ts";
import { sampleWorkflow } from "../../test/sample-workflow.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { workflowJsonSchema } from "./json-schema.ts";
import { readWorkflow } from "./read-workflow.ts";

const compile = (schema: JsonObject) => new Ajv2020({ allErrors: true }).compile(schema);
const fits = compile(workflowJsonSchema());
const fitsCatalog = compile(workflowJsonSchema(smallCatalog));

const one = (node: JsonValue): JsonObject => ({ inlay: 1, nodes: { a: node } });
const feather = (inputs: JsonObject, more: JsonObject = {}) =>
  one({ type: "mask/feather", version: 1, inputs, ...more });
const mask = { $link: ["m", "mask"] };

test("a correct file passes, with and without a catalogue", () => {
  expect(fits(sampleWorkflow())).toBe(true);
  expect(fitsCatalog(sampleWorkflow())).toBe(true);
});

test("what the reader accepts passes", () => {
  fc.assert(
    fc.property(arbitraryWorkflow, (file) => fits(file)),
    { seed: 3, numRuns: 200 },
  );
});

const unsound: readonly (readonly [string, JsonValue])[] = [
  ["no version", { nodes: {} }],
  ["another version", { inlay: 2 }],
  ["nodes in a list", { inlay: 1, nodes: [] }],
  ["a bad id", { inlay: 1, nodes: { "A b": { type: "x/y", version: 1 } } }],
  ["a node without type", one({ version: 1 })],
  ["a node with version 0", one({ type: "x/y", version: 0 })],
  ["a strange disabled", one({ type: "x/y", version: 1, disabled: "off" })],
  ["half a link", one({ type: "x/y", version: 1, inputs: { i: { $link: ["b"] } } })],
  ["a link with more keys", one({ type: "x/y", version: 1, inputs: { i: { $link: ["b", "c"], d: 1 } } })],
  ["an unknown reference", one({ type: "x/y", version: 1, inputs: { i: { $env: "HOME" } } })],
  ["a reference deep in a literal", one({ type: "x/y", version: 1, inputs: { i: { deep: { $file: "a.png" } } } })],
  ["a path upwards", one({ type: "x/y", version: 1, inputs: { i: { $file: "a/../../b" } } })],
  ["an absolute path", one({ type: "x/y", version: 1, inputs: { i: { $file: "/etc/passwd" } } })],
  ["a drive", one({ type: "x/y", version: 1, inputs: { i: { $file: "C:/photo.png" } } })],
  ["a strange type of named input", { inlay: 1, inputs: { i: { type: "colour" } } }],
  ["a link as default", { inlay: 1, inputs: { i: { type: "image", default: { $link: ["a", "b"] } } } }],
  ["an output without node", { inlay: 1, outputs: { o: { output: "image" } } }],
  ["an asset with a short key", { inlay: 1, assets: { abc: { name: "a", mime: "b/c", size: 1, data: "AA==" } } }],
];

test.each(unsound)("%s fails, as in the reader", (_, file) => {
  expect(fits(file)).toBe(false);
  expect(readWorkflow(JSON.stringify(file)).workflow).toBeUndefined();
});

test.each([
  ["an unknown input", feather({ mask, raduis: 3 })],
  ["a literal out of range", feather({ mask, radius: 900 })],
  ["a literal of another type", feather({ mask, radius: "3" })],
  ["a literal for a mask", feather({ mask: 1 })],
  ["a missing input", feather({ radius: 3 })],
  ["no inputs where some are required", one({ type: "mask/feather", version: 1 })],
])("the catalogue's schema refuses %s", (_, file) => {
  expect(fits(file)).toBe(true);
  expect(fitsCatalog(file)).toBe(false);
});

test.each([
  ["a reference for any input", feather({ mask, radius: { $input: "radius" } })],
  ["a bypassed node without its inputs", feather({}, { disabled: "bypass" })],
  ["nodes of unknown types", one({ type: "other/node", version: 1, inputs: { any: 1 } })],
])("the catalogue's schema accepts %s", (_, file) => {
  expect(fitsCatalog(file)).toBe(true);
});
