import fc from "fast-check";
import { expect, test } from "vitest";
import { combineMasks } from "./combine-masks.ts";
import { invertMask } from "./invert-mask.ts";
import { thresholdMask } from "./threshold-mask.ts";

const samples = fc.uint8Array({ minLength: 16, maxLength: 16 });
const bounded = { seed: 1, numRuns: 100 };

test.each([
  ["union", [0, 255, 255, 255]],
  ["intersect", [0, 0, 0, 255]],
  ["subtract", [0, 0, 255, 0]],
  ["xor", [0, 255, 255, 0]],
] as const)("of hard masks it is the operation on sets: %s", (operation, expected) => {
  const a = Uint8Array.of(0, 0, 255, 255);
  const b = Uint8Array.of(0, 255, 0, 255);
  expect([...combineMasks(a, b, operation)]).toEqual(expected);
});

test("what neither selects is the inverse of what either selects", () => {
  fc.assert(
    fc.property(samples, samples, (a, b) => {
      const neither = combineMasks(invertMask(a), invertMask(b), "intersect");
      expect(invertMask(combineMasks(a, b, "union"))).toEqual(neither);
    }),
    bounded,
  );
});

test("what exactly one selects is the union of the two differences", () => {
  fc.assert(
    fc.property(samples, samples, (a, b) => {
      const differences = combineMasks(combineMasks(a, b, "subtract"), combineMasks(b, a, "subtract"), "union");
      expect(combineMasks(a, b, "xor")).toEqual(differences);
    }),
    bounded,
  );
});

test("masks of different sizes are refused by code", () => {
  expect(() => combineMasks(new Uint8Array(2), new Uint8Array(3), "union")).toThrow(
    expect.objectContaining({ data: expect.objectContaining({ code: "raster.bad-size" }) }),
  );
});

test("a threshold includes its own level", () => {
  expect([...thresholdMask(Uint8Array.of(0, 127, 128, 255), 128)]).toEqual([0, 0, 255, 255]);
  expect([...thresholdMask(Uint8Array.of(0, 255), 0)]).toEqual([255, 255]);
  expect([...thresholdMask(Uint8Array.of(0, 255), 256)]).toEqual([0, 0]);
});
