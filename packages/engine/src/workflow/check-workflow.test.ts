import { expect, test } from "vitest";
import { sampleWorkflow } from "../../test/sample-workflow.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { checkWorkflow } from "./check-workflow.ts";
import { readWorkflow } from "./read-workflow.ts";

function check(file: JsonObject) {
  const { workflow, diagnostics } = readWorkflow(JSON.stringify(file));
  if (!workflow) throw new Error(JSON.stringify(diagnostics));
  return checkWorkflow(workflow, smallCatalog);
}

const codesOf = (file: JsonObject) => check(file).map(({ code }) => code);

const load = { type: "image/load", version: 1, inputs: { source: { $file: "a.png" } } };
const image = { $link: ["load", "image"] };
const stack = (images: JsonValue) => ({
  inlay: 1,
  nodes: { load, stack: { type: "test/stack", version: 1, inputs: { images } } },
});
const muted = { ...load, disabled: "mute" };

test("the sample is clean", () => {
  expect(check(sampleWorkflow())).toEqual([]);
});

test("a muted node is as if it were not there", () => {
  expect(codesOf({ inlay: 1, nodes: { odd: { type: "not/installed", version: 1, disabled: "mute" } } })).toEqual([]);
});

test("an optional input may come from a muted node, a required one may not", () => {
  const renewed = { type: "test/renewed", version: 2, inputs: { image } };
  expect(codesOf({ inlay: 1, nodes: { load: muted, renewed } })).toEqual([]);
  const save = { type: "image/save", version: 1, inputs: { image } };
  expect(codesOf({ inlay: 1, nodes: { load: muted, save } })).toEqual(["node.muted"]);
});

test("a bypassed node needs no complete inputs", () => {
  const inpaint = { type: "test/inpaint", version: 1, disabled: "bypass", inputs: { image } };
  const save = { type: "image/save", version: 1, inputs: { image: { $link: ["inpaint", "image"] } } };
  expect(codesOf({ inlay: 1, nodes: { load, inpaint, save } })).toEqual([]);
});

test("nothing follows from an unknown node but the one error", () => {
  const odd = { type: "not/installed", version: 1, inputs: { any: 1 } };
  const save = { type: "image/save", version: 1, inputs: { image: { $link: ["odd", "whatever"] } } };
  expect(codesOf({ inlay: 1, nodes: { odd, save } })).toEqual(["node.unknown-type"]);
});

test("a list of links feeds a list", () => {
  expect(codesOf(stack([image, image]))).toEqual([]);
});

test("each item of a list is checked", () => {
  const [problem] = check(stack([image, { $link: ["load", "width"] }]));
  expect(problem).toMatchObject({ code: "link.type", path: ["nodes", "stack", "inputs", "images", 1] });
});

test("one link into a list is a list of one", () => {
  expect(codesOf(stack(image))).toEqual([]);
  expect(codesOf(stack({ $link: ["load", "width"] }))).toEqual(["link.type"]);
});

test("a list of links does not feed a single input", () => {
  const save = { type: "image/save", version: 1, inputs: { image: [image] } };
  expect(codesOf({ inlay: 1, nodes: { load, save } })).toEqual(["input.type"]);
});

test("a problem inside of a literal has its path", () => {
  const points = [
    [1, 2],
    [3, "4"],
    [5, 6],
  ];
  const mask = { type: "mask/polygon", version: 1, inputs: { image, points } };
  expect(check({ inlay: 1, nodes: { load, mask } })[0]).toMatchObject({
    code: "input.type",
    path: ["nodes", "mask", "inputs", "points", 1, 1],
    suggestion: "Write 4 without quotes.",
  });
});

test("a seed feeds an integer and nothing else", () => {
  const mask = (radius: JsonValue) => ({
    inlay: 1,
    nodes: { f: { type: "mask/feather", version: 1, inputs: { radius, mask: 1 } } },
  });
  expect(codesOf(mask({ $seed: "random" }))).toEqual(["input.needs-link"]);
  const save = { type: "image/save", version: 1, inputs: { image, name: { $seed: "random" } } };
  expect(codesOf({ inlay: 1, nodes: { load, save } })).toEqual(["input.type"]);
});

test("a named input of another type is refused", () => {
  const save = { type: "image/save", version: 1, inputs: { image, name: { $input: "count" } } };
  expect(codesOf({ inlay: 1, inputs: { count: { type: "integer" } }, nodes: { load, save } })).toEqual(["input.type"]);
});

test("an image of the caller goes through a load node", () => {
  const save = { type: "image/save", version: 1, inputs: { image: { $input: "photo" } } };
  expect(codesOf({ inlay: 1, inputs: { photo: { type: "image" } }, nodes: { save } })).toEqual(["input.needs-load"]);
});

test("a default must fit its named input and the node that it feeds", () => {
  const file = (radius: JsonObject) => {
    const file = sampleWorkflow();
    const soft = { ...file.nodes.soft, inputs: { ...file.nodes.soft.inputs, radius: { $input: "radius" } } };
    return { ...file, inputs: { ...file.inputs, radius }, nodes: { ...file.nodes, soft } };
  };
  expect(codesOf(file({ type: "integer", default: 12 }))).toEqual([]);
  expect(codesOf(file({ type: "integer", default: "12" }))).toContain("input.type");
  expect(check(file({ type: "integer", default: 900 }))).toMatchObject([
    { code: "input.range", path: ["inputs", "radius", "default"], input: "radius" },
  ]);
});

test("names of methods that every object has are unknown names", () => {
  const save = { type: "image/save", version: 1, inputs: { image: { $link: ["constructor", "image"] }, toString: 1 } };
  expect(codesOf({ inlay: 1, nodes: { save } })).toEqual(["link.unknown-node", "input.unknown"]);
});

test("a circle through a muted node is none", () => {
  const soft = (from: string, more = {}) => ({
    type: "test/renewed",
    version: 2,
    inputs: { image: { $link: [from, "image"] } },
    ...more,
  });
  expect(codesOf({ inlay: 1, nodes: { a: soft("b"), b: soft("a") } })).toEqual(["graph.cycle"]);
  expect(codesOf({ inlay: 1, nodes: { a: soft("b"), b: soft("a", { disabled: "mute" }) } })).toEqual([]);
});

test("a long circle is shortened in print", () => {
  const ids = Array.from({ length: 100 }, (_, index) => `n${index}`);
  const nodes = Object.fromEntries(
    ids.map((id, index) => [
      id,
      { type: "test/renewed", version: 2, inputs: { image: { $link: [ids[(index + 99) % 100] ?? "", "image"] } } },
    ]),
  );
  expect(check({ inlay: 1, nodes })[0]?.message).toMatch(/: n0 → n1 → .* → … → n0\.$/);
});

test.each([
  ["^1.2.0", []],
  ["^1.0.0", []],
  ["1.2.0", []],
  ["*", []],
  ["latest", []],
  ["^1.3.0", ["pack.mismatch"]],
  ["^0.9.0", ["pack.mismatch"]],
])("pack 1.2.0 against %s", (range, codes) => {
  expect(codesOf({ inlay: 1, packs: { test: range } })).toEqual(codes);
});

test("misspelled links of 100,000 nodes are told in time", () => {
  const ids = Array.from({ length: 100_000 }, (_, index) => `node-number-${index}`);
  const nodes = Object.fromEntries(
    ids.map((id) => [id, { type: "test/renewed", version: 2, inputs: { image: { $link: [`${id}x`, "image"] } } }]),
  );
  expect(check({ inlay: 1, nodes })).toHaveLength(1000);
});
