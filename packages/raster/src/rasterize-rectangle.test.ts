import fc from "fast-check";
import { expect, test } from "vitest";
import { rasterizePolygon } from "./rasterize-polygon.ts";
import { rasterizeRectangle } from "./rasterize-rectangle.ts";

test("a rectangle between the pixels covers its edge pixels by their part", () => {
  const mask = rasterizeRectangle({ width: 4, height: 3 }, { x: 0.5, y: 0.25, width: 3, height: 2 });
  expect([...mask]).toEqual(
    [
      [96, 191, 191, 96],
      [128, 255, 255, 128],
      [32, 64, 64, 32],
    ].flat(),
  );
});

test("a rectangle is the polygon of its corners", () => {
  const side = fc.integer({ min: 0, max: 90 }).map((n) => n / 8);
  const corner = fc.integer({ min: -40, max: 100 }).map((n) => n / 8);
  fc.assert(
    fc.property(corner, corner, side, side, fc.boolean(), (x, y, width, height, antialias) => {
      const canvas = { width: 12, height: 9, antialias };
      const points = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ] as const;
      expect(rasterizeRectangle(canvas, { x, y, width, height })).toEqual(rasterizePolygon(canvas, { points }));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a side of 0 selects nothing, a negative one is refused by code", () => {
  const canvas = { width: 3, height: 3 };
  expect(Math.max(...rasterizeRectangle(canvas, { x: 1, y: 1, width: 0, height: 2 }))).toBe(0);
  expect(() => rasterizeRectangle(canvas, { x: 1, y: 1, width: 1, height: -1 })).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "raster.bad-size" }) }),
  );
});
