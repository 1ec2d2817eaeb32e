import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { smallCatalog } from "../../test/small-catalog.ts";
import { formatPath } from "../diagnostics/format-diagnostic.ts";
import type { JsonObject, JsonValue } from "../json.ts";
import { checkWorkflow } from "./check-workflow.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import { readWorkflow } from "./read-workflow.ts";
import { writeWorkflow } from "./write-workflow.ts";

function check(file: JsonObject) {
  const { workflow, diagnostics } = readWorkflow(JSON.stringify({ inlay: 1, ...file }));
  if (!workflow) throw new Error(JSON.stringify(diagnostics));
  return checkWorkflow(workflow, smallCatalog);
}

const told = (file: JsonObject) => check(file).map(({ code, path }) => `${code} at ${formatPath(path)}`);
const node = (type: string, inputs: JsonObject = {}, more: JsonObject = {}) => ({ type, version: 1, inputs, ...more });
const link = (id: string, output = "image"): JsonValue => ({ $link: [id, output] });
const input = (name: string): JsonValue => ({ $input: name });

const load = node("image/load", { source: { $file: "a.png" } });
const polygon = (image: JsonValue) => ({
  image,
  points: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
});

/** Makes a soft mask for an image. */
const soften = {
  inputs: { photo: { type: "image" }, radius: { type: "integer", default: 4 } },
  outputs: { mask: { node: "soft", output: "mask" } },
  nodes: {
    draw: node("mask/polygon", polygon(input("photo"))),
    soft: node("mask/feather", { mask: link("draw", "mask"), radius: input("radius") }),
  },
};
const used = (inputs: JsonObject, more: JsonObject = {}): JsonObject => ({
  nodes: { load, part: node("workflow/soften", inputs), again: node("mask/feather", { mask: link("part", "mask") }) },
  workflows: { soften },
  ...more,
});

test("a sub-workflow is used as a node of its named inputs and outputs", () => {
  expect(check(used({ photo: link("load"), radius: 7 }))).toEqual([]);
});

test("an input that the sub-workflow does not have is named with the nearest", () => {
  const [problem, ...more] = check(used({ phot: link("load") }));
  expect([problem?.code, problem?.suggestion, more]).toEqual(["input.unknown", "Did you mean `photo`?", []]);
});

test("a named input without default is required of the user", () => {
  expect(told(used({}))).toEqual(["input.missing at nodes.part.inputs.photo"]);
});

test("a link into a sub-workflow fits what its named input ends in", () => {
  expect(told(used({ photo: link("load", "width") }))).toEqual(["link.type at nodes.part.inputs.photo"]);
});

test("a file does not become pixels at the wall of a sub-workflow", () => {
  expect(told(used({ photo: { $file: "a.png" } }))).toEqual(["input.needs-load at nodes.part.inputs.photo"]);
});

test("a literal fits what its named input ends in, however deep", () => {
  const outer = {
    inputs: { picture: { type: "image" }, amount: { type: "integer" } },
    outputs: { mask: { node: "inner", output: "mask" } },
    nodes: { inner: node("workflow/soften", { photo: input("picture"), radius: input("amount") }) },
  };
  const file = (amount: JsonValue) => ({
    nodes: { load, part: node("workflow/outer", { picture: link("load"), amount }) },
    workflows: { outer, soften },
  });
  expect(told(file(512))).toEqual([]);
  expect(told(file(513))).toEqual(["input.range at nodes.part.inputs.amount"]);
});

test("an output that the sub-workflow does not have is an unknown output", () => {
  const nodes = { load, part: node("workflow/soften", { photo: link("load") }) };
  const again = node("mask/feather", { mask: link("part", "msk") });
  const [problem] = check({ nodes: { ...nodes, again }, workflows: { soften } });
  expect(problem).toMatchObject({ code: "link.unknown-output", suggestion: "Did you mean `mask`?" });
});

test("the nodes inside are checked at their place in the file", () => {
  const broken = { ...soften, nodes: { ...soften.nodes, soft: node("mask/feather", { radius: 900 }) } };
  expect(told(used({ photo: link("load") }, { workflows: { soften: broken } }))).toEqual([
    "input.range at workflows.soften.nodes.soft.inputs.radius",
    "input.missing at workflows.soften.nodes.soft.inputs.mask",
    "named-input.unused at workflows.soften.inputs.radius",
  ]);
});

test("a sub-workflow that is not used is checked too", () => {
  const odd = { nodes: { odd: node("not/installed") } };
  expect(told({ workflows: { odd } })).toEqual(["node.unknown-type at workflows.odd.nodes.odd.type"]);
});

test("circles inside of a sub-workflow are found there", () => {
  const turn = (from: string) => node("mask/feather", { mask: link(from, "mask") });
  expect(told({ workflows: { turn: { nodes: { a: turn("b"), b: turn("a") } } } })).toEqual([
    "graph.cycle at workflows.turn.nodes.a",
  ]);
});

test("an output that comes from a muted node inside brings nothing", () => {
  const muted = { ...soften, nodes: { ...soften.nodes, soft: { ...soften.nodes.soft, disabled: "mute" } } };
  expect(told(used({ photo: link("load") }, { workflows: { soften: muted } }))).toContain(
    "node.muted at nodes.again.inputs.mask",
  );
});

test("a muted use is as if it were not there", () => {
  const part = node("workflow/soften", { nonsense: 1 }, { disabled: "mute" });
  expect(told({ nodes: { load, part }, workflows: { soften } })).toEqual([]);
});

test("a file that passes a bypassed node does not feed pixels", () => {
  const part = node("workflow/show", { photo: { $file: "a.png" } }, { disabled: "bypass" });
  const show = {
    inputs: { photo: { type: "image" } },
    outputs: { image: { node: "load", output: "image" } },
    nodes: { load: node("image/load", { source: input("photo") }) },
  };
  const save = node("image/save", { image: link("part") });
  expect(told({ nodes: { part, save }, workflows: { show } })).toEqual(["input.needs-load at nodes.save.inputs.image"]);
});

test("a sub-workflow that uses itself is refused with the circle", () => {
  const [problem, ...more] = check({
    nodes: { a: node("workflow/a") },
    workflows: { a: { nodes: { a: node("workflow/a") } } },
  });
  expect(more).toEqual([]);
  expect(problem).toMatchObject({
    code: "workflow.recursion",
    path: ["workflows", "a"],
    message: "Sub-workflows use each other in a circle: a → a.",
  });
});

test("sub-workflows that double at each of 60 levels are refused before they unfold", () => {
  const level = (i: number) => ({
    nodes: i === 0 ? { load } : { a: node(`workflow/w${i - 1}`), b: node(`workflow/w${i - 1}`) },
  });
  const workflows = Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`w${i}`, level(i)]));
  expect(told({ nodes: { top: node("workflow/w60") }, workflows })).toEqual(["workflow.too-large at nodes.top.type"]);
});

test("sub-workflows nested more than 64 deep are refused", () => {
  const workflows = Object.fromEntries(
    Array.from({ length: 65 }, (_, i) => [`w${i}`, { nodes: i === 0 ? { load } : { a: node(`workflow/w${i - 1}`) } }]),
  );
  expect(told({ nodes: { top: node("workflow/w63") }, workflows })).toEqual([]);
  expect(told({ nodes: { top: node("workflow/w64") }, workflows })).toEqual(["workflow.too-large at nodes.top.type"]);
});

test("a file whose sub-workflow is used twice is clean, keeps its form and unfolds", () => {
  const text = readFileSync(new URL("../../fixtures/canonical/sub-workflow.json", import.meta.url), "utf8");
  const workflow = readWorkflow(text).workflow!;
  expect([checkWorkflow(workflow, smallCatalog), writeWorkflow(workflow)]).toEqual([[], text]);
  expect(compilePlan(workflow, smallCatalog).plan?.nodes.map(({ id }) => id)).toEqual([
    "load",
    "narrow/draw",
    "wide/draw",
    "narrow/soft",
    "wide/soft",
  ]);
});
