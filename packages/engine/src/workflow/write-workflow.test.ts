import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryWorkflow } from "../../test/arbitrary-workflow.ts";
import { sampleWorkflow } from "../../test/sample-workflow.ts";
import type { JsonObject } from "../json.ts";
import { readWorkflow } from "./read-workflow.ts";
import type { Workflow } from "./workflow.ts";
import { writeWorkflow } from "./write-workflow.ts";

function read(file: string): Workflow {
  const { workflow, diagnostics } = readWorkflow(file);
  if (!workflow) throw new Error(JSON.stringify(diagnostics));
  return workflow;
}

const write = (file: JsonObject) => writeWorkflow(read(JSON.stringify(file)));
const linesOf = (file: JsonObject) =>
  write(file)
    .split("\n")
    .map((line) => line.trim());

test("the canonical form", async () => {
  await expect(write(sampleWorkflow())).toMatchFileSnapshot("../../fixtures/canonical/sample.json");
});

test("known keys come in their order and unknown ones after them", () => {
  const file = { later: 1, view: {}, name: "n", inlay: 1, $schema: "s" };
  expect(Object.keys(JSON.parse(write(file)) as object)).toEqual([
    "$schema",
    "inlay",
    "name",
    "inputs",
    "outputs",
    "packs",
    "assets",
    "nodes",
    "workflows",
    "view",
    "later",
  ]);
});

test("each stroke of a long literal has a line of its own", () => {
  const strokes = [1, 2, 3].map((width) => ({
    width,
    points: [
      [1.5, 2],
      [30, 40],
      [500, 600],
      [7, 8],
    ],
  }));
  const lines = linesOf({ inlay: 1, nodes: { mask: { type: "mask/draw", version: 1, inputs: { strokes } } } });
  expect(lines).toContain('{ "width": 2, "points": [[1.5, 2], [30, 40], [500, 600], [7, 8]] },');
});

test("a list of scalars stays on one line, however long", () => {
  const values = Array.from({ length: 200 }, (_, index) => index);
  const lines = linesOf({ inlay: 1, nodes: { a: { type: "x/y", version: 1, inputs: { values } } } });
  expect(lines).toContain(`"values": [${values.join(", ")}]`);
});

test("moving a node changes one line", () => {
  const before = linesOf(sampleWorkflow());
  const moved = sampleWorkflow();
  moved.view.nodes.load.x = 50;
  expect(linesOf(moved).filter((line, index) => line !== before[index])).toEqual(['"load": { "x": 50, "y": 0 },']);
});

test("reading what was written gives an equal workflow, and writing that the same bytes", () => {
  fc.assert(
    fc.property(arbitraryWorkflow, (file) => {
      const first = read(JSON.stringify(file));
      expect(first).toEqual(file);
      const text = writeWorkflow(first);
      expect(read(text)).toEqual(file);
      expect(writeWorkflow(read(text))).toBe(text);
    }),
    { seed: 11, numRuns: 200 },
  );
});

test("a hundred thousand nodes are written and read back", () => {
  const ids = Array.from({ length: 100_000 }, (_, index) => `n${index}`);
  const nodes = ids.map((id, index): [string, JsonObject] => [
    id,
    { type: "x/y", version: 1, inputs: { previous: { $link: [`n${index - 1}`, "value"] } } },
  ]);
  nodes[0] = ["n0", { type: "x/y", version: 1, inputs: {} }];
  const workflow = read(JSON.stringify({ inlay: 1, nodes: Object.fromEntries(nodes) }));
  expect(Object.keys(read(writeWorkflow(workflow)).nodes)).toEqual(ids);
});
