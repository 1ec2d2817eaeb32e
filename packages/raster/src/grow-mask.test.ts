import fc from "fast-check";
import { expect, test } from "vitest";
import { growMask, growMaskSteps, shrinkMask } from "./grow-mask.ts";
import { invertMask } from "./invert-mask.ts";
import { runToEnd } from "./run-to-end.ts";

const masks = fc
  .record({ width: fc.integer({ min: 1, max: 30 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 0, 0, 0, 0, 0, 90, 128, 255), { minLength: width * height, maxLength: width * height })
      .map((samples) => ({ width, height, data: Uint8Array.from(samples) })),
  );
const radii = fc.integer({ min: 0, max: 12 });
const bounded = { seed: 1, numRuns: 150 };

/** The definition: a pixel's coverage by the nearest selected one, tried one by one. */
function plainGrow(data: Uint8Array, width: number, radius: number, antialias: boolean): Uint8Array {
  const selected = [...data.keys()].filter((i) => data[i]! >= 128);
  return data.map((sample, i) => {
    const distances = selected.map((s) =>
      Math.hypot((s % width) - (i % width), Math.floor(s / width) - Math.floor(i / width)),
    );
    const nearest = Math.min(...distances);
    const covered = antialias ? Math.min(1, Math.max(0, radius + 1 - nearest)) : Number(nearest <= radius);
    return Math.max(sample, Math.round(255 * covered));
  });
}

test("one pixel grows to a disc", () => {
  const dot = new Uint8Array(49);
  dot[24] = 255;
  const hard = growMask(dot, 7, 7, { radius: 2, antialias: false });
  const rows = Array.from({ length: 7 }, (_, y) =>
    hard.subarray(y * 7, y * 7 + 7).reduce((sum, v) => sum + v / 255, 0),
  );
  expect(rows).toEqual([0, 1, 3, 5, 3, 1, 0]);
  expect(growMask(dot, 7, 7, { radius: 2 })[1 * 7 + 2]).toBe(195);
});

test("the result is that of measuring the distance to every selected sample", () => {
  fc.assert(
    fc.property(masks, fc.integer({ min: 1, max: 12 }), fc.boolean(), ({ data, width, height }, radius, antialias) => {
      const expected = plainGrow(data, width, radius, antialias);
      const grown = growMask(data, width, height, { radius, antialias });
      // The distance is cut to 1/256 px before it is rounded to a sample.
      grown.forEach((sample, i) => expect(Math.abs(sample - expected[i]!)).toBeLessThanOrEqual(antialias ? 1 : 0));
    }),
    bounded,
  );
});

test("growing loses nothing, and a radius of 0 changes nothing", () => {
  fc.assert(
    fc.property(masks, radii, ({ data, width, height }, radius) => {
      expect(growMask(data, width, height, { radius }).every((sample, i) => sample >= data[i]!)).toBe(true);
      expect(growMask(data, width, height, { radius: 0 })).toEqual(data);
    }),
    bounded,
  );
});

test("shrinking a selection is growing everything else", () => {
  fc.assert(
    fc.property(masks, radii, ({ data, width, height }, radius) => {
      const others = growMask(invertMask(data), width, height, { radius });
      expect(shrinkMask(data, width, height, { radius })).toEqual(invertMask(others));
    }),
    bounded,
  );
});

test("what shrinks does not leave the picture's border", () => {
  const left = Uint8Array.of(255, 255, 255, 255, 0, 0);
  expect([...shrinkMask(left, 6, 1, { radius: 2 })]).toEqual([255, 255, 0, 0, 0, 0]);
});

test("a mask of many steps gives the same in steps, with rising progress", () => {
  const data = Uint8Array.from({ length: 900 * 700 }, (_, i) => (i % 997 === 0 ? 255 : 0));
  const progress: number[] = [];
  const steps = growMaskSteps(data, 900, 700, { radius: 5 });
  const result = runToEnd({
    next: () => {
      const step = steps.next();
      if (step.done !== true) progress.push(step.value);
      return step;
    },
  });
  expect(Buffer.compare(result, growMask(data, 900, 700, { radius: 5 }))).toBe(0);
  expect(progress.length).toBeGreaterThan(3);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
});

test("a radius that is not an integer of 0–4096 is refused by code", () => {
  for (const radius of [-1, 0.5, 4097]) {
    expect(() => growMask(new Uint8Array(4), 2, 2, { radius })).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: "raster.bad-radius" }) }),
    );
  }
});
