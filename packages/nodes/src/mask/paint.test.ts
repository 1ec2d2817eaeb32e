import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { encodePoints, paintStrokes, type Point, type Stroke } from "@inlay/raster";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import paint from "./paint.ts";

const stroke = (points: readonly Point[], changes: Partial<Stroke> = {}): Stroke => ({
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
  const data = paintStrokes(new Uint8Array(600), 30, 20, strokes);
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
