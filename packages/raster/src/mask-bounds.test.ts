import fc from "fast-check";
import { expect, test } from "vitest";
import { invertMask } from "./invert-mask.ts";
import { isEmptyMask, maskBounds } from "./mask-bounds.ts";

test("an empty mask has no bounds", () => {
  expect(maskBounds(new Uint8Array(6), 3, 2)).toBeUndefined();
  expect(isEmptyMask(new Uint8Array(6))).toBe(true);
});

test("one faint sample is enough", () => {
  expect(maskBounds(Uint8Array.from([0, 0, 0, 0, 0, 1]), 3, 2)).toEqual({ x: 2, y: 1, width: 1, height: 1 });
  expect(isEmptyMask(Uint8Array.from([0, 1]))).toBe(false);
});

test("the bounds hold every selected sample and touch one on each side", () => {
  const samples = fc.array(fc.constantFrom(0, 0, 0, 0, 9), { minLength: 42, maxLength: 42 });
  fc.assert(
    fc.property(samples, (list) => {
      const selected = list.flatMap((sample, i) => (sample > 0 ? [{ x: i % 7, y: Math.floor(i / 7) }] : []));
      const xs = selected.map(({ x }) => x);
      const ys = selected.map(({ y }) => y);
      const x = Math.min(...xs);
      const y = Math.min(...ys);
      const expected = { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
      expect(maskBounds(Uint8Array.from(list), 7, 6)).toEqual(selected.length > 0 ? expected : undefined);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("inverting twice gives the mask back", () => {
  const mask = Uint8Array.from([0, 1, 128, 255]);
  expect([...invertMask(mask)]).toEqual([255, 254, 127, 0]);
  expect(invertMask(invertMask(mask))).toEqual(mask);
});
