import { expect, test } from "vitest";
import { fitsMemory, mostMegapixels } from "./mask-memory.ts";

test("what a mask may have grows with the memory of the device", () => {
  expect(mostMegapixels({ deviceMemory: 8 })).toBe(357);
  expect(mostMegapixels({ deviceMemory: 1 })).toBe(44);
  expect(mostMegapixels({})).toBe(mostMegapixels({ deviceMemory: 4 }));
});

test("a mask of 8,192 × 8,192 is edited on usual devices, and not on the smallest", () => {
  const size = { width: 8192, height: 8192 };
  expect(fitsMemory(size, {})).toBe(true);
  expect(fitsMemory(size, { deviceMemory: 1 })).toBe(false);
});
