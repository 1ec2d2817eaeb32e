import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdit, applyEditsSteps } from "./apply-edit.ts";
import { editProblem } from "./check-edit.ts";
import { areaAroundSteps } from "./fill-area.ts";
import type { EditMode, MaskEdit, RowSpan } from "./mask-edit.ts";
import { packMask, unpackMaskSteps } from "./pack-mask.ts";
import type { Point } from "./rasterize-polygon.ts";
import { rasterizeEllipse } from "./rasterize-ellipse.ts";
import { toRowSpans } from "./row-spans.ts";
import { runToEnd } from "./run-to-end.ts";

const [width, height] = [12, 8];
const after = (...edits: readonly MaskEdit[]): Uint8Array =>
  runToEnd(applyEditsSteps({ width, height, data: new Uint8Array(width * height) }, edits));
const rows = (mask: Uint8Array): string[] =>
  Array.from({ length: height }, (_, y) =>
    Array.from(mask.subarray(y * width, (y + 1) * width), (sample) =>
      sample === 255 ? "#" : sample === 0 ? "." : "+",
    ).join(""),
  );
const corner = (x: number, y: number): Point => [x * 8, y * 8];
const box = (mode: EditMode, x: number, y: number, w: number, h: number): MaskEdit => ({
  tool: "rectangle",
  mode,
  points: [corner(x, y), corner(w, h)],
});
const everything: MaskEdit = { tool: "fill", mode: "add" };

test("shapes are added, taken away and kept alone", () => {
  const both = [box("add", 1, 1, 6, 4), box("subtract", 3, 2, 2, 2)];
  expect(rows(after(...both)).slice(0, 6)).toEqual([
    "............",
    ".######.....",
    ".##..##.....",
    ".##..##.....",
    ".######.....",
    "............",
  ]);
  expect(rows(after(everything, box("intersect", 10, 6, 9, 9)))).toEqual([
    ...Array.from({ length: 6 }, () => "............"),
    "..........##",
    "..........##",
  ]);
  expect(after(everything, box("intersect", 20, 20, 2, 2))).toEqual(new Uint8Array(96));
});

test("a box may be drawn from any corner, and an outline be wound either way", () => {
  expect(after(box("add", 7, 5, -6, -4))).toEqual(after(box("add", 1, 1, 6, 4)));
  const points: Point[] = [corner(1, 1), corner(8, 0), corner(-4, 6)];
  const back: Point[] = [corner(5, 7), corner(4, -6), corner(-8, 0)];
  expect(after({ tool: "lasso", mode: "add", points })).toEqual(after({ tool: "polygon", mode: "add", points: back }));
});

test("of a shape that reaches out of the picture the part inside is drawn", () => {
  const points: Point[] = [corner(-6, -5), corner(14, 11)];
  const whole = rasterizeEllipse({ width, height }, { centerX: 1, centerY: 0.5, radiusX: 7, radiusY: 5.5 });
  expect(after({ tool: "ellipse", mode: "add", points })).toEqual(whole);
});

test("a fill takes the area up to its border, and gives it back", () => {
  const ring = [box("add", 1, 1, 10, 6), box("subtract", 2, 2, 8, 4)];
  const inside: MaskEdit = { tool: "fill", mode: "add", points: [corner(5, 4)] };
  expect(after(...ring, inside)).toEqual(after(box("add", 1, 1, 10, 6)));
  expect(after(...ring, inside, { ...inside, mode: "subtract" })).toEqual(new Uint8Array(96));
  expect(after(...ring, { ...inside, points: [corner(50, 4)] })).toEqual(after(...ring));
});

test("a fill climbs a soft border to its top and not beyond", () => {
  const row = Uint8Array.of(0, 20, 100, 200, 255, 200, 100, 0);
  expect([...runToEnd(areaAroundSteps(row, 8, 1, [0, 0]))]).toEqual([255, 255, 255, 255, 255, 0, 0, 0]);
  expect([...runToEnd(areaAroundSteps(row, 8, 1, [3, 0]))]).toEqual([255, 255, 255, 255, 255, 0, 0, 0]);
});

test("spans of rows select pixels, and outside of them nothing stays when they are all that may", () => {
  const spans: RowSpan[] = [
    [1, 2, 3],
    [0, 1, 2],
    [2, 10, 40],
  ];
  const mask = after({ tool: "wand", mode: "add", spans, points: [corner(3, 1)], tolerance: 12 });
  expect(rows(mask).slice(0, 4)).toEqual(["............", "..###.##....", "............", "..........##"]);
  expect(after(everything, { tool: "wand", mode: "intersect", spans })).toEqual(mask);
  expect(after(everything, { tool: "color-range", mode: "subtract", spans }, { tool: "invert" })).toEqual(mask);
});

test("spans found in a mask give the mask back", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 96, maxLength: 96 }), (noise) => {
      const hard = noise.map((sample) => (sample > 90 ? 255 : 0));
      expect(after({ tool: "wand", mode: "add", spans: toRowSpans(hard, width, height) })).toEqual(hard);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("a gradient falls from its first point to its second", () => {
  const line: MaskEdit = { tool: "gradient", mode: "add", shape: "linear", points: [corner(2, 0), corner(8, 0)] };
  const row = [...after(line).subarray(0, width)];
  expect(row).toEqual([255, 255, 239, 207, 175, 143, 112, 80, 48, 16, 0, 0]);
  const ring = after({ tool: "gradient", mode: "add", shape: "radial", points: [corner(6, 4), corner(4, 0)] });
  expect(ring[3 * width + 5]).toBe(ring[4 * width + 6]);
  expect(ring[0]).toBe(0);
});

test("a mask is packed to text and comes back, at its place", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 96, maxLength: 96 }), fc.boolean(), (noise, isFlat) => {
      const mask = isFlat ? noise.map((sample) => (sample > 200 ? sample : 0)) : noise;
      const text = packMask(mask, width);
      expect(runToEnd(unpackMaskSteps(text, width, height))).toEqual(mask);
      expect(after({ tool: "import", mode: "add", size: [width, height], data: text })).toEqual(mask);
    }),
    { seed: 1, numRuns: 60 },
  );
  const larger = packMask(new Uint8Array(20 * 20).fill(255), 20);
  expect(after({ tool: "import", mode: "add", size: [20, 20], data: larger })).toEqual(after(everything));
});

test.each(["", "AAAA", "//////8H", "A", "é===", "/////////////w8="])("no mask is read from %j", (text) => {
  expect(() => runToEnd(unpackMaskSteps(text, width, height))).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "raster.bad-stroke" }) }),
  );
});

test("edits of the whole mask are those of the functions of their names", () => {
  const one = box("add", 4, 3, 3, 2);
  expect(after(one, { tool: "grow", radius: 1 }, { tool: "shrink", radius: 1 })).toEqual(after(one));
  expect(after(one, { tool: "clear" })).toEqual(new Uint8Array(96));
  expect(after(one, { tool: "invert" }, { tool: "fill-holes" })).toEqual(after(everything));
  const soft = after(one, { tool: "feather", radius: 3 });
  expect(after(one, { tool: "feather", radius: 3 }, { tool: "threshold", level: 100 })).toEqual(
    soft.map((sample) => (sample >= 100 ? 255 : 0)),
  );
});

test("edits one by one in place are the edits at once", () => {
  const edits: MaskEdit[] = [box("add", 1, 1, 9, 5), { tool: "feather", radius: 2 }, { tool: "invert" }];
  const canvas = { width, height, data: new Uint8Array(width * height) };
  for (const edit of edits) applyEdit(canvas, edit);
  expect(canvas.data).toEqual(after(...edits));
});

test.each([
  [{ tool: "spray" }, "`spray` is no tool"],
  [{ tool: "grow" }, "`grow` lacks `radius`"],
  [{ tool: "grow", radius: 1.5 }, "`radius` of `grow` does not fit"],
  [{ tool: "invert", radius: 1 }, "`invert` has no `radius`"],
  [{ tool: "lasso", mode: "add", points: [[1, 2]] }, "`points` of `lasso` does not fit"],
  [{ tool: "wand", mode: "add", spans: [[0, 0, 0]] }, "`spans` of `wand` does not fit"],
  [
    {
      tool: "rectangle",
      mode: "add",
      points: [
        [0, 0],
        [9e6, 0],
      ],
    },
    "`points` of `rectangle` does not fit",
  ],
  [
    {
      tool: "rectangle",
      mode: "add",
      points: [
        [0, 0],
        [600_000, 0],
      ],
    },
    "a point (75000, 0) is not within ±65536 px",
  ],
] as const)("%j is no edit", (edit, problem) => {
  expect(editProblem(edit)).toBe(problem);
});
