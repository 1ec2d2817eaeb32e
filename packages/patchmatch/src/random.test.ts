import { expect, test } from "vitest";
import { seededRandom } from "./random.ts";

const draw = (seed: number) => {
  const random = seededRandom(seed);
  return Array.from({ length: 6 }, () => random.below(1000));
};

test("a seed gives the same numbers everywhere", () => {
  expect(draw(1)).toEqual([627, 2, 527, 981, 968, 281]);
});

test("seeds that differ only beyond 32 bits give different numbers", () => {
  expect(draw(2 ** 40 + 5)).not.toEqual(draw(5));
});

test("numbers stay below the bound and reach both ends", () => {
  const random = seededRandom(9);
  const seen = new Set(Array.from({ length: 200 }, () => random.below(5)));
  expect([...seen].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
});
