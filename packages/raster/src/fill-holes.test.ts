import fc from "fast-check";
import { expect, test } from "vitest";
import { fillHoles, fillHolesSteps } from "./fill-holes.ts";

/** A mask from rows of digits, 9 = 255. */
const mask = (...rows: string[]) => Uint8Array.from(rows.join(""), (digit) => (Number(digit) * 255) / 9);

test("what a ring encloses is selected, a bay is not", () => {
  const ring = mask("00000", "09990", "09090", "09990", "00000");
  expect(fillHoles(ring, 5, 5)).toEqual(mask("00000", "09990", "09990", "09990", "00000"));
  const bay = mask("00000", "09990", "09000", "09990", "00000");
  expect(fillHoles(bay, 5, 5)).toEqual(bay);
});

test("an outline that touches only at its corners is closed", () => {
  expect(fillHoles(mask("090", "909", "090"), 3, 3)).toEqual(mask("090", "999", "090"));
});

test("a hole takes the level of the weakest place around it", () => {
  expect(fillHoles(mask("999", "900", "999"), 3, 3)).toEqual(mask("999", "900", "999"));
  expect(fillHoles(mask("999", "903", "999"), 3, 3)).toEqual(mask("999", "933", "999"));
});

test("filling loses nothing, filling again changes nothing", () => {
  const masks = fc.array(fc.constantFrom(0, 0, 90, 255, 255), { minLength: 99, maxLength: 99 });
  fc.assert(
    fc.property(masks, (samples) => {
      const data = Uint8Array.from(samples);
      const filled = fillHoles(data, 11, 9);
      expect(filled.every((sample, i) => sample >= data[i]!)).toBe(true);
      expect(fillHoles(filled, 11, 9)).toEqual(filled);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a large mask is filled in steps", () => {
  const large = new Uint8Array(1000 * 1000);
  for (let i = 100; i < 900; i++) {
    for (const at of [100 * 1000 + i, 900 * 1000 + i, i * 1000 + 100, i * 1000 + 899]) large[at] = 255;
  }
  large[900 * 1000 + 899] = 255;
  const steps = [...fillHolesSteps(large, 1000, 1000)];
  expect(steps.length).toBeGreaterThan(5);
  expect(fillHoles(large, 1000, 1000).reduce((sum, sample) => sum + sample / 255, 0)).toBe(800 * 801);
});
