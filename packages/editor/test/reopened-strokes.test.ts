import { readWorkflow, type Workflow, workflowVersion, writeWorkflow } from "@inlay/engine";
import { applyEdit, type MaskEdit } from "@inlay/raster";
import { expect, test } from "vitest";
import { randomEdits } from "./support/random-edits.ts";

const [width, height] = [40, 30];

function painted(edits: readonly MaskEdit[]): Uint8Array {
  const data = new Uint8Array(width * height);
  for (const edit of edits) applyEdit({ width, height, data }, edit);
  return data;
}

test("saved and opened a hundred times, each time with one more edit, a mask is the same to the bit", () => {
  const more = randomEdits(100).map(([first]) => first!);
  let edits: readonly MaskEdit[] = [];
  const data = new Uint8Array(width * height);
  let text = "";
  for (const edit of more) {
    applyEdit({ width, height, data }, edit);
    text = writeWorkflow(workflowWith([...edits, edit]));
    const { workflow } = readWorkflow(text);
    edits = workflow!.nodes["paint"]!.inputs["strokes"] as unknown as readonly MaskEdit[];
    expect(painted(edits)).toEqual(data);
    expect(writeWorkflow(workflow!)).toBe(text);
  }
  // Each edit is a line, so that a diff shows what was done.
  expect(text.split("\n").filter((line) => line.startsWith('          { "tool": '))).toHaveLength(100);
});

function workflowWith(strokes: readonly MaskEdit[]): Workflow {
  const paint = { type: "mask/paint", version: 1, inputs: { strokes: strokes as never } };
  return {
    inlay: workflowVersion,
    inputs: {},
    outputs: {},
    packs: {},
    assets: {},
    nodes: { paint },
    workflows: {},
    view: {},
  };
}
