import { expect, test } from "vitest";
import { link, workflowOf } from "../../test/run-graph.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import type { JsonValue } from "../json.ts";
import type { PlannedNode } from "../plan/plan.ts";
import { gatherInputs } from "./gather-inputs.ts";

const image = { kind: "image" };
const mask = { kind: "mask" };

/** The last node of a plan, whose sources are `load` at 0 and, where it is named, `mask` at 1. */
function planned(type: string, inputs: Record<string, JsonValue>): PlannedNode {
  const workflow = workflowOf(
    {
      load: ["image/load", { source: { $file: "a.png" } }],
      mask: ["mask/polygon", { image: link("load", "image"), points: [] }],
      x: [type, inputs],
    },
    { inputs: { n: { type: "integer" } } },
  );
  return compilePlan(workflow, smallCatalog, { targets: ["x"] }).plan!.nodes.at(-1)!;
}

const values = [{ image, width: 600 }, { mask }];

test("literals, defaults and linked values come under their names; an absent optional input has none", () => {
  const node = planned("image/save", { image: link("load", "image") });
  expect(gatherInputs(node, values, undefined)).toEqual({ image });
  expect(Object.keys(gatherInputs(planned("mask/feather", { mask: link("mask", "mask") }), values, undefined))).toEqual(
    ["mask", "radius"],
  );
});

test("references take the run's values", () => {
  const node = planned("mask/feather", { mask: link("mask", "mask"), radius: { $input: "n" } });
  expect(gatherInputs(node, values, [7])).toEqual({ mask, radius: 7 });
});

test("each item of a list is placed and checked alone, and the plan's list stays as it was", () => {
  const node = planned("test/stack", { images: [link("load", "image"), link("load", "image")] });
  expect(gatherInputs(node, values, undefined)).toEqual({ images: [image, image] });
  expect(node.template).toEqual({ images: [null, null] });
});

test("a linked value that the input does not take is an error with its place", () => {
  const node = planned("mask/feather", { mask: link("mask", "mask"), radius: link("load", "width") });
  expect(() => gatherInputs(node, values, undefined)).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "input.range", node: "x", input: "radius" }) }),
  );
});
