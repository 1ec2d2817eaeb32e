import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEditsSteps } from "./apply-edit.ts";
import type { Point } from "./rasterize-polygon.ts";
import { runToEnd } from "./run-to-end.ts";
import { startStroke } from "./stroke-painter.ts";
import { type BrushStroke, decodePoints, encodePoints } from "./stroke.ts";

const brush = (points: readonly Point[], changes: Partial<BrushStroke> = {}): BrushStroke => ({
  tool: "brush",
  size: 4,
  hardness: 1,
  opacity: 1,
  points: encodePoints(points),
  ...changes,
});
const onEmpty = (width: number, height: number, ...strokes: BrushStroke[]) =>
  runToEnd(applyEditsSteps({ width, height, data: new Uint8Array(width * height) }, strokes));

const pixels = fc.integer({ min: -80, max: 320 }).map((n) => n / 8);
const ways = fc.array(fc.tuple(pixels, pixels), { minLength: 1, maxLength: 6 });

test("a dot is a disc", () => {
  const mask = onEmpty(40, 40, brush([[20, 20]], { size: 30 }));
  const area = mask.reduce((sum, sample) => sum + sample / 255, 0);
  expect(Math.abs(area / (Math.PI * 15 * 15) - 1)).toBeLessThan(0.005);
  expect(mask[20 * 40 + 20]).toBe(255);
});

test("a level stroke covers the rows within half its size", () => {
  const mask = onEmpty(
    9,
    6,
    brush([
      [-20, 3],
      [40, 3],
    ]),
  );
  const column = Array.from({ length: 6 }, (_, y) => mask[y * 9 + 4]);
  expect(column).toEqual([0, 255, 255, 255, 255, 0]);
});

test("a soft brush fades from its centre to its edge", () => {
  const mask = onEmpty(21, 1, brush([[10.5, 0.5]], { size: 20, hardness: 0 }));
  const right = [...mask.subarray(10)];
  expect(right).toEqual(right.toSorted((a, b) => b - a));
  expect(right).toEqual([255, 253, 239, 215, 183, 146, 108, 72, 40, 15, 2]);
});

test("where a stroke crosses itself its opacity does not add up, but strokes do", () => {
  const there: Point[] = [
    [1, 2],
    [8, 2],
    [1, 2],
  ];
  const half = brush(there, { opacity: 0.5 });
  expect(onEmpty(9, 4, half)[2 * 9 + 4]).toBe(128);
  expect(onEmpty(9, 4, half, half)[2 * 9 + 4]).toBe(192);
});

test("an eraser takes away what the brush selected", () => {
  const points: Point[] = [
    [2, 3],
    [9, 6],
  ];
  const strokes = [brush(points), brush(points, { tool: "eraser", size: 8 })];
  expect(Math.max(...onEmpty(12, 9, ...strokes))).toBe(0);
});

test("the bytes of a long stroke are the same everywhere", () => {
  const way = Array.from({ length: 300 }, (_, i): Point => [(i * 37) % 199, (i * 53) % 151]);
  const mask = onEmpty(200, 150, brush(way, { size: 5.5, hardness: 0.4, opacity: 0.7 }));
  expect(createHash("sha256").update(mask).digest("hex")).toMatchInlineSnapshot(
    `"6111dd486751afca69423c391df1e932f3dc510ae9fdb12b35e26b7935322927"`,
  );
});

test("the distance is that to the nearest point of the way", () => {
  fc.assert(
    fc.property(ways, fc.integer({ min: 1, max: 16 }), (way, size) => {
      const mask = onEmpty(40, 40, brush(way, { size }));
      mask.forEach((sample, i) => {
        const distance = distanceTo(way, [(i % 40) + 0.5, Math.floor(i / 40) + 0.5]);
        if (distance < size / 2 - 0.55) expect(sample).toBe(255);
        if (distance > size / 2 + 0.55) expect(sample).toBe(0);
      });
    }),
    { seed: 1, numRuns: 60 },
  );
});

function distanceTo(way: readonly Point[], [x, y]: Point): number {
  const parts = way.map((point, i) => [way[Math.max(0, i - 1)]!, point] as const).slice(way.length > 1 ? 1 : 0);
  const distances = parts.map(([[ax, ay], [bx, by]]) => {
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay));
  });
  return Math.min(...distances);
}

test("a way backwards paints the same", () => {
  fc.assert(
    fc.property(ways, (way) => {
      expect(onEmpty(40, 40, brush(way.toReversed()))).toEqual(onEmpty(40, 40, brush(way)));
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("a way that comes in pieces paints the same, and a stroke that is given up leaves nothing", () => {
  fc.assert(
    fc.property(ways, fc.integer({ min: 1, max: 40 }), fc.nat(10), (way, size, softness) => {
      const stroke = brush(way, { size, hardness: softness / 10, opacity: 0.8 });
      const canvas = { width: 40, height: 40, data: new Uint8Array(1600).fill(9) };
      const painter = startStroke(canvas, stroke);
      for (const point of decodePoints(stroke.points)) painter.extend([point]);
      const whole = runToEnd(applyEditsSteps({ width: 40, height: 40, data: new Uint8Array(1600).fill(9) }, [stroke]));
      expect(canvas.data).toEqual(whole);
      painter.cancel();
      expect(canvas.data).toEqual(new Uint8Array(1600).fill(9));
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("a long way over many tiles is measured everywhere", () => {
  const way: Point[] = [
    [-50, 10],
    [1200, 700],
  ];
  const mask = onEmpty(1000, 600, brush(way, { size: 12 }));
  for (let x = 20; x < 1000; x += 7) {
    const y = Math.round(10 + ((x + 50) * 690) / 1250);
    if (y < 600) expect(mask[y * 1000 + x]).toBe(255);
  }
});

test("a pen that is pressed less paints a thinner line", () => {
  const way: Point[] = [
    [10, 20],
    [90, 20],
  ];
  const column = (x: number, pressure: readonly number[]) => {
    const mask = onEmpty(100, 40, brush(way, { size: 20, pressure }));
    return Array.from({ length: 40 }, (_, y) => mask[y * 100 + x]!).filter((sample) => sample > 127).length;
  };
  expect([column(12, [0, 255]), column(50, [0, 255]), column(88, [0, 255])]).toEqual([2, 10, 20]);
  expect(column(50, [255, 255])).toBe(20);
});

test("a way is kept in steps of 1/8 px and found again", () => {
  fc.assert(
    fc.property(ways, (way) => {
      const distinct = way.filter(([x, y], i) => i === 0 || x !== way[i - 1]![0] || y !== way[i - 1]![1]);
      expect(decodePoints(encodePoints(way))).toEqual(distinct.map(([x, y]) => [x * 8, y * 8]));
    }),
    { seed: 1, numRuns: 100 },
  );
  expect(
    encodePoints([
      [10, 20],
      [10.5, 19.75],
      [10.51, 19.76],
    ]),
  ).toEqual([
    [80, 160],
    [4, -2],
  ]);
});

test("many strokes are painted in steps with rising progress", () => {
  const strokes = Array.from({ length: 5 }, (_, i) =>
    brush(
      [
        [0, 100 * i],
        [900, 90],
      ],
      { size: 200 },
    ),
  );
  const progress = [...applyEditsSteps({ width: 900, height: 600, data: new Uint8Array(900 * 600) }, strokes)];
  expect(progress.length).toBeGreaterThan(6);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
});

test.each([
  ["a size of 0", { size: 0 }],
  ["a hardness above 1", { hardness: 1.5 }],
  ["an opacity that is no number", { opacity: Number.NaN }],
  ["no point", { points: [] }],
  ["a point between the eighths", { points: [[0.5, 1]] }],
  ["a point far away", { points: [[2 ** 20, 0]] }],
  [
    "pressures that are too few",
    {
      points: [
        [8, 8],
        [8, 8],
      ],
      pressure: [255],
    },
  ],
  ["a field of another tool", { radius: 3 } as object],
] as const)("a stroke is refused by code: %s", (_name, changes) => {
  expect(() => onEmpty(4, 4, brush([[1, 1]], changes))).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "raster.bad-stroke" }) }),
  );
});
