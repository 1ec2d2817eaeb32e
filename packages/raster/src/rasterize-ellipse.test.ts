import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rasterizeEllipse } from "./rasterize-ellipse.ts";

const circle = { centerX: 3, centerY: 3, radiusX: 2.5, radiusY: 2.5 };

test("edge pixels get the part of them that is covered", () => {
  expect([...rasterizeEllipse({ width: 6, height: 6 }, circle)]).toEqual(
    [
      [0, 20, 112, 112, 20, 0],
      [20, 226, 255, 255, 226, 20],
      [110, 255, 255, 255, 255, 110],
      [110, 255, 255, 255, 255, 110],
      [20, 226, 255, 255, 226, 20],
      [0, 20, 112, 112, 20, 0],
    ].flat(),
  );
});

test("without anti-aliasing a pixel is selected when its centre is inside", () => {
  expect(
    [...rasterizeEllipse({ width: 6, height: 6, antialias: false }, circle)].map((sample) => sample / 255),
  ).toEqual(
    [
      [0, 0, 0, 0, 0, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 1, 1, 1, 1, 0],
      [0, 0, 0, 0, 0, 0],
    ].flat(),
  );
});

test("the bytes of a large ellipse are the same everywhere", () => {
  const mask = rasterizeEllipse(
    { width: 257, height: 129 },
    { centerX: 120.3, centerY: 60.7, radiusX: 99.9, radiusY: 70 },
  );
  expect(createHash("sha256").update(mask).digest("hex")).toBe(
    "321a64cb631e305be4af97aa407c030479a355d0571bb1442bf8b2ac11815526",
  );
});

test("the selected area is that of the ellipse", () => {
  const mask = rasterizeEllipse({ width: 200, height: 100 }, { centerX: 100, centerY: 50, radiusX: 80, radiusY: 40 });
  const area = mask.reduce((sum, sample) => sum + sample, 0) / 255;
  expect(Math.abs(area / (Math.PI * 80 * 40) - 1)).toBeLessThan(0.001);
});

test("a radius of 0 selects nothing", () => {
  const mask = rasterizeEllipse({ width: 4, height: 4 }, { centerX: 2, centerY: 2, radiusX: 0, radiusY: 2 });
  expect(Math.max(...mask)).toBe(0);
});

test("a negative radius, a coordinate that is no number and an empty canvas are refused by code", () => {
  const canvas = { width: 4, height: 4 };
  const code = (act: () => unknown): unknown => {
    try {
      return act();
    } catch (error) {
      return (error as { data?: { code?: string } }).data?.code;
    }
  };
  expect(code(() => rasterizeEllipse(canvas, { ...circle, radiusX: -1 }))).toBe("raster.bad-radius");
  expect(code(() => rasterizeEllipse(canvas, { ...circle, centerX: Number.NaN }))).toBe("raster.bad-coordinate");
  expect(code(() => rasterizeEllipse({ width: 0, height: 4 }, circle))).toBe("raster.bad-size");
});

test("an ellipse in the middle of its canvas is its own mirror image", () => {
  const sides = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) });
  const radius = fc.integer({ min: 0, max: 240 }).map((eighths) => eighths / 8);
  fc.assert(
    fc.property(sides, radius, radius, fc.boolean(), ({ width, height }, radiusX, radiusY, antialias) => {
      const ellipse = { centerX: width / 2, centerY: height / 2, radiusX, radiusY };
      const mask = rasterizeEllipse({ width, height, antialias }, ellipse);
      expect(mask.toReversed()).toEqual(mask);
      const rows = Array.from({ length: height }, (_, y) => mask.subarray(y * width, (y + 1) * width));
      for (const row of rows) expect(row.toReversed()).toEqual(row);
    }),
    { seed: 1, numRuns: 200 },
  );
});
