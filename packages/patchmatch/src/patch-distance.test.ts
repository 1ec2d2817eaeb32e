import { expect, test } from "vitest";
import { patchDistance } from "./patch-distance.ts";

const data = Uint8Array.from([1, 2, 5, 5, 3, 4, 6, 9]);
const shape = { rows: 2, rowSamples: 2, strideSamples: 4 };

test("the distance is the sum of squared differences", () => {
  expect(patchDistance(data, shape, 0, 2, Infinity)).toBe(16 + 9 + 9 + 25);
});

test("a row that reaches the limit is the last one looked at", () => {
  expect(patchDistance(data, shape, 0, 2, 25)).toBe(25);
});
