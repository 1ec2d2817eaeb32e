import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { featherReach } from "./box-widths.ts";
import { featherMask, featherMaskSteps } from "./feather-mask.ts";
import { rasterizeEllipse } from "./rasterize-ellipse.ts";

const directions = ["both", "inward", "outward"] as const;

/** A mask of blobs and grey, with its size. */
const masks = fc
  .record({ width: fc.integer({ min: 1, max: 90 }), height: fc.integer({ min: 1, max: 24 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 0, 0, 90, 255, 255), { minLength: width * height, maxLength: width * height })
      .map((samples) => ({ width, height, data: Uint8Array.from(samples) })),
  );
const radii = fc.integer({ min: 0, max: 30 });
const bounded = { seed: 1, numRuns: 150 };

test("an edge becomes a ramp around its place", () => {
  const edge = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255]);
  expect([...featherMask(edge, 14, 1, 4)]).toEqual([0, 0, 3, 14, 34, 65, 105, 150, 190, 221, 241, 252, 255, 255]);
});

test("inward selects nothing new and outward loses nothing", () => {
  const edge = Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255]);
  expect([...featherMask(edge, 14, 1, 4, "inward")]).toEqual([0, 0, 0, 0, 0, 0, 0, 45, 125, 187, 227, 249, 255, 255]);
  expect([...featherMask(edge, 14, 1, 4, "outward")]).toEqual([
    0, 0, 6, 28, 68, 130, 210, 255, 255, 255, 255, 255, 255, 255,
  ]);
});

test("the bytes of a feathered ellipse are the same everywhere", () => {
  const ellipse = { centerX: 100, centerY: 60, radiusX: 70, radiusY: 80 };
  const mask = rasterizeEllipse({ width: 201, height: 113 }, ellipse);
  const hash = createHash("sha256")
    .update(featherMask(mask, 201, 113, 17))
    .digest("hex");
  expect(hash).toBe("1d1ca68c0aa6cc0600afc0877d21647a990bda28f482953b00fcaeb96296f9d1");
});

test("radius 0 gives the same samples in a new array", () => {
  const data = Uint8Array.from([0, 7, 255, 128]);
  const result = featherMask(data, 2, 2, 0);
  expect(result).toEqual(data);
  expect(result).not.toBe(data);
});

test("a constant mask stays constant", () => {
  fc.assert(
    fc.property(masks, fc.nat(255), radii, ({ width, height }, value, radius) => {
      const constant = new Uint8Array(width * height).fill(value);
      expect(featherMask(constant, width, height, radius)).toEqual(constant);
    }),
    bounded,
  );
});

test("inward and outward keep a mask of all 0 and of all 255", () => {
  for (const value of [0, 255]) {
    const constant = new Uint8Array(30).fill(value);
    for (const direction of directions) expect(featherMask(constant, 6, 5, 3, direction)).toEqual(constant);
  }
});

test("samples beyond the reach stay 0", () => {
  fc.assert(
    fc.property(fc.nat(99), radii, fc.constantFrom(...directions), (at, radius, direction) => {
      const line = new Uint8Array(100);
      line[at] = 255;
      const result = featherMask(line, 100, 1, radius, direction);
      result.forEach((sample, x) => Math.abs(x - at) > featherReach(radius) && expect(sample).toBe(0));
    }),
    bounded,
  );
});

test("a mirrored mask gives the mirrored result", () => {
  fc.assert(
    fc.property(masks, radii, fc.constantFrom(...directions), ({ width, height, data }, radius, direction) => {
      const expected = featherMask(data, width, height, radius, direction).toReversed();
      expect(featherMask(data.toReversed(), width, height, radius, direction)).toEqual(expected);
    }),
    bounded,
  );
});

test("selecting more never gives less anywhere", () => {
  fc.assert(
    fc.property(masks, radii, fc.constantFrom(...directions), fc.nat(), (mask, radius, direction, at) => {
      const { width, height, data } = mask;
      const more = data.slice();
      more[at % more.length] = 255;
      const before = featherMask(data, width, height, radius, direction);
      const after = featherMask(more, width, height, radius, direction);
      expect(after.every((sample, i) => sample >= before[i]!)).toBe(true);
    }),
    bounded,
  );
});

test("the result is that of six plain box blurs", () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 30 }), ({ width, height, data }, radius) => {
      expect(featherMask(data, width, height, radius)).toEqual(plainFeather(data, width, height, radius));
    }),
    bounded,
  );
});

test("the steps yield rising progress and return the result", () => {
  const mask = rasterizeEllipse({ width: 900, height: 50 }, { centerX: 450, centerY: 25, radiusX: 400, radiusY: 20 });
  const steps = featherMaskSteps(mask, 900, 50, 9);
  const progress: number[] = [];
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) progress.push(step.value);
  expect(step.value).toEqual(featherMask(mask, 900, 50, 9));
  expect(progress.length).toBeGreaterThan(10);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(progress.at(-1)).toBe(1);
});

test("a radius that is not an integer of 0–4096 and data of another size are refused by code", () => {
  const refuse = (code: string) => expect.objectContaining({ data: expect.objectContaining({ code }) });
  for (const radius of [-1, 0.5, 4097, Number.NaN]) {
    expect(() => featherMask(new Uint8Array(4), 2, 2, radius)).toThrow(refuse("raster.bad-radius"));
  }
  expect(() => featherMask(new Uint8Array(5), 2, 2, 1)).toThrow(refuse("raster.bad-size"));
});

/** The definition, without running sums, windows and strips. */
function plainFeather(data: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const lower = radius % 2 === 1 ? radius : radius - 1;
  const upper = radius % 2 === 1 ? radius : radius + 1;
  const widths = radius === 1 ? [3] : [lower, upper, upper];
  let samples = Array.from(data, (sample) => sample * 256);
  const mean = (size: number, at: (offset: number) => number): number => {
    let sum = 0;
    for (let offset = -(size >> 1); offset <= size >> 1; offset++) sum += at(offset);
    return Math.floor((2 * sum + size) / (2 * size));
  };
  const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));
  for (const size of widths) {
    samples = samples.map((_, i) =>
      mean(size, (offset) => samples[i - (i % width) + clamp((i % width) + offset, width)]!),
    );
  }
  for (const size of widths) {
    samples = samples.map((_, i) =>
      mean(size, (offset) => samples[clamp(Math.floor(i / width) + offset, height) * width + (i % width)]!),
    );
  }
  return Uint8Array.from(samples, (sample) => (sample + 128) >> 8);
}
