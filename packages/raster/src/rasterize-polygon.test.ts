import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rasterizePolygon, type Point } from "./rasterize-polygon.ts";

const half: readonly Point[] = [
  [0.5, 0.5],
  [3.5, 0.5],
  [3.5, 3.5],
  [0.5, 3.5],
];

test("a square between the pixels covers its edge pixels by half and its corners by a quarter", () => {
  expect([...rasterizePolygon({ width: 4, height: 4 }, { points: half })]).toEqual(
    [
      [64, 128, 128, 64],
      [128, 255, 255, 128],
      [128, 255, 255, 128],
      [64, 128, 128, 64],
    ].flat(),
  );
});

test("without anti-aliasing polygons that share a side neither overlap nor leave a gap", () => {
  const canvas = { width: 8, height: 8, antialias: false };
  const upper = rasterizePolygon(canvas, {
    points: [
      [0, 0],
      [8, 0],
      [8, 3.5],
    ],
  });
  const lower = rasterizePolygon(canvas, {
    points: [
      [0, 0],
      [8, 3.5],
      [8, 8],
      [0, 8],
    ],
  });
  expect(upper.map((sample, i) => sample + lower[i]!)).toEqual(new Uint8Array(64).fill(255));
});

test("where a pentagram winds twice, non-zero selects and even-odd does not", () => {
  const corner = (turn: number): Point => [
    20 + 18 * Math.sin(turn * Math.PI * 0.4),
    20 - 18 * Math.cos(turn * Math.PI * 0.4),
  ];
  const points = [0, 2, 4, 1, 3].map(corner);
  const centre = 20 * 40 + 20;
  expect(rasterizePolygon({ width: 40, height: 40 }, { points })[centre]).toBe(255);
  expect(rasterizePolygon({ width: 40, height: 40 }, { points, rule: "evenodd" })[centre]).toBe(0);
});

test("what lies outside the canvas is cut off on all sides", () => {
  const points: readonly Point[] = [
    [-50, -60],
    [70, -60],
    [70, 80],
    [-50, 80],
  ];
  expect(rasterizePolygon({ width: 3, height: 2 }, { points })).toEqual(new Uint8Array(6).fill(255));
});

test("fewer than three corners select nothing", () => {
  for (const points of [[], half.slice(0, 1), half.slice(0, 2)]) {
    expect(Math.max(...rasterizePolygon({ width: 4, height: 4 }, { points }))).toBe(0);
  }
});

test("the bytes of a polygon that crosses itself many times are the same everywhere", () => {
  const points = Array.from({ length: 200 }, (_, i): Point => [(i * 7919) % 211, (i * 104_729) % 199]);
  const mask = rasterizePolygon({ width: 200, height: 200 }, { points, rule: "evenodd" });
  expect(createHash("sha256").update(mask).digest("hex")).toBe(
    "23072c99995241a70a0f9f20b13d2a093a82f62faf13f7ca1ecc6301bcf3f46d",
  );
});

test("neither the first corner nor the direction changes a pixel's coverage", () => {
  const eighths = fc.integer({ min: -40, max: 240 }).map((n) => n / 8);
  const points = fc.array(fc.tuple(eighths, eighths), { minLength: 3, maxLength: 12 });
  fc.assert(
    fc.property(points, fc.constantFrom("nonzero", "evenodd"), fc.nat(11), (corners, rule, turn) => {
      const canvas = { width: 24, height: 24 };
      const mask = rasterizePolygon(canvas, { points: corners, rule });
      const turned = [...corners.slice(turn), ...corners.slice(0, turn)].toReversed();
      expect(rasterizePolygon(canvas, { points: turned, rule })).toEqual(mask);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("a sample is the mean of finely spaced samples of the shape", () => {
  const triangle: readonly Point[] = [
    [1.25, 0.5],
    [14.5, 6.125],
    [4, 15.75],
  ];
  const coarse = rasterizePolygon({ width: 16, height: 16 }, { points: triangle });
  const large = triangle.map(([x, y]): Point => [x * 64, y * 64]);
  const fine = rasterizePolygon({ width: 1024, height: 1024, antialias: false }, { points: large });
  coarse.forEach((sample, i) => {
    let sum = 0;
    for (let at = 0; at < 64 * 64; at++) {
      sum += fine[((i >> 4) * 64 + (at >> 6)) * 1024 + (i & 15) * 64 + (at & 63)]!;
    }
    expect(Math.abs(sample - sum / 4096)).toBeLessThanOrEqual(6);
  });
});
