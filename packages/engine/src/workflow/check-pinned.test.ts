import { expect, test } from "vitest";
import { smallCatalog } from "../../test/small-catalog.ts";
import { workflowOf } from "../../test/run-graph.ts";
import { checkWorkflow } from "./check-workflow.ts";
import type { PinnedOutputs } from "./pinned.ts";

const file = { $file: "a.png" };

const codes = (pinned: PinnedOutputs, more: Record<string, object> = {}) =>
  checkWorkflow(
    workflowOf({
      load: ["image/load", {}, { pinned }],
      save: ["image/save", { image: { $link: ["load", "image"] } }],
      ...(more as object),
    }),
    smallCatalog,
  ).map(({ code, path }) => `${code} ${path.join(".")}`);

test("a pinned node needs no inputs, and an output that nobody uses need not be pinned", () => {
  expect(codes({ image: file })).toEqual([]);
  expect(codes({ image: file, width: 600 })).toEqual([]);
});

test.each<[string, PinnedOutputs, string]>([
  ["a literal for pixels", { image: "a.png" }, "pin.value nodes.load.pinned.image"],
  ["a file for a number", { image: file, width: file }, "pin.value nodes.load.pinned.width"],
  ["a number out of its type", { image: file, width: 1.5 }, "pin.value nodes.load.pinned.width"],
  ["one value beside a list", { image: [file, file], width: 600 }, "pin.value nodes.load.pinned"],
  ["lists of two lengths", { image: [file, file], width: [1] }, "pin.value nodes.load.pinned"],
  ["an item of another type", { image: [file], width: ["x"] }, "pin.value nodes.load.pinned.width.0"],
  ["an asset that is not there", { image: { $asset: "a".repeat(64) } }, "asset.unknown nodes.load.pinned.image"],
])("%s is refused", (_name, pinned, expected) => {
  expect(codes(pinned)[0]).toBe(expected);
});

test("lists of one length stand for a node that ran for each item", () => {
  expect(codes({ image: [file, file], width: [1, 2] })).toEqual([]);
});

test("a link from a muted node into a pinned one is no error", () => {
  const workflow = workflowOf({
    load: ["image/load", { source: file }, "mute"],
    soft: ["mask/feather", { mask: { $link: ["load", "image"] } }, { pinned: { mask: file } }],
    inpaint: [
      "test/inpaint",
      { image: { $link: ["soft", "mask"] }, mask: { $link: ["soft", "mask"] }, prompt: "a cup" },
      { pinned: { image: file } },
    ],
  });
  expect(checkWorkflow(workflow, smallCatalog).map(({ code }) => code)).not.toContain("node.muted");
});

test("a named output of a pinned node must be pinned", () => {
  const workflow = workflowOf(
    { load: ["image/load", {}, { pinned: { image: file } }] },
    { outputs: { width: { node: "load", output: "width" } } },
  );
  expect(checkWorkflow(workflow, smallCatalog)).toMatchObject([
    { code: "pin.missing", path: ["outputs", "width", "output"] },
  ]);
});
