import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { applyEdit, type BrushStroke, encodePoints, type MaskEdit, type Point } from "@inlay/raster";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { memoryFiles } from "../../test/memory-files.ts";
import { fileRef, maskOf, noise } from "../../test/pictures.ts";
import paint from "./paint.ts";

const stroke = (points: readonly Point[], changes: Partial<BrushStroke> = {}): BrushStroke => ({
  tool: "brush",
  size: 6,
  hardness: 0.5,
  opacity: 1,
  points: encodePoints(points),
  ...changes,
});
const painted = async (strokes: readonly unknown[], inputs: Record<string, unknown> = {}) =>
  (await testNode(paint, { image: noise(30, 20), strokes, ...inputs })).outputs.mask as MaskValue;
const line: readonly Point[] = [
  [4, 5],
  [25, 14.5],
];

test("strokes become the mask that the rasteriser paints", async () => {
  const strokes = [stroke(line), stroke([[20, 12]], { tool: "eraser", opacity: 0.5 })];
  const data = new Uint8Array(600);
  for (const edit of strokes) applyEdit({ width: 30, height: 20, data }, edit);
  expect(await painted(strokes)).toEqual({ kind: "mask", width: 30, height: 20, data });
});

test("without strokes nothing is selected", async () => {
  expect(await painted([])).toEqual(maskOf(30, 20, () => 0));
});

test("painting goes on from a mask", async () => {
  const mask = maskOf(30, 20, () => 255);
  const erased = await painted([stroke(line, { tool: "eraser" })], { mask });
  const brushed = await painted([stroke(line)]);
  expect([...erased.data]).toEqual(Array.from(brushed.data, (sample) => 255 - sample));
});

test("invert selects what is not painted", async () => {
  const brushed = await painted([stroke(line)]);
  const inverted = await painted([stroke(line)], { invert: true });
  expect([...inverted.data]).toEqual(Array.from(brushed.data, (sample) => 255 - sample));
});

test("a mask of another size is refused", async () => {
  await expect(painted([], { mask: maskOf(3, 3, () => 0) })).rejects.toMatchObject({
    data: { code: "mask.size-mismatch", input: "mask" },
  });
});

test("a brush of no size, and steps that lead out of the world, are refused", async () => {
  await expect(painted([stroke(line, { size: 0 })])).rejects.toMatchObject({ data: { code: "input.range" } });
  const away: Point[] = [
    [2_000_000, 0],
    [2_000_000, 0],
  ];
  await expect(painted([stroke(line, { points: away })])).rejects.toMatchObject({
    data: { code: "input.strokes", input: "strokes" },
  });
});

const box: MaskEdit = {
  tool: "rectangle",
  mode: "add",
  points: [
    [40, 40],
    [80, 64],
  ],
};

test("shapes and steps of the mask editor are strokes too", async () => {
  const edits: MaskEdit[] = [box, { tool: "feather", radius: 3 }, { tool: "invert" }];
  const data = new Uint8Array(600);
  for (const edit of edits) applyEdit({ width: 30, height: 20, data }, edit);
  expect((await painted(edits)).data).toEqual(data);
});

test.each(["plain", "gzip"])("strokes that are too many for the workflow are read from a file: %s", async (kind) => {
  const text = Buffer.from(JSON.stringify([box, stroke(line)]));
  const bytes = new Uint8Array(kind === "gzip" ? gzipSync(text) : text);
  const { files } = memoryFiles({ "mask.json": bytes });
  const read = await testNode(paint, { image: noise(30, 20), strokes: fileRef("mask.json", bytes) }, { files });
  expect(read.outputs.mask).toEqual(await painted([box, stroke(line)]));
});

test.each([
  ["no JSON", "[{"],
  ["no list", "{}"],
  ["a stroke of an unknown tool", '[{"tool":"spray"}]'],
  ["packed zeros without end", gzipSync(Buffer.alloc(70 * 2 ** 20))],
])("a file of strokes is refused: %s", async (_name, content) => {
  const bytes = new Uint8Array(Buffer.from(content));
  const { files } = memoryFiles({ "mask.json": bytes });
  await expect(
    testNode(paint, { image: noise(3, 2), strokes: fileRef("mask.json", bytes) }, { files }),
  ).rejects.toMatchObject({ data: { code: "input.strokes", input: "strokes" } });
});

test("a stroke without a field of its tool is refused before the run", async () => {
  await expect(painted([box, { tool: "grow" }])).rejects.toMatchObject({
    data: { code: "input.strokes", message: "Stroke 2 cannot be drawn: `grow` lacks `radius`." },
  });
});
