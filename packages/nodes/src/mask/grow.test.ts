import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { growMask } from "@inlay/raster";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import grow from "./grow.ts";

const dot = maskOf(9, 9, (x, y) => (x === 4 && y === 4 ? 255 : 0));
const widen = async (inputs: Record<string, unknown>) =>
  (await testNode(grow, { mask: dot, ...inputs })).outputs.mask as MaskValue;

test("a pixel grows to a disc of that distance", async () => {
  const { data } = await widen({ radius: 3, antialias: false });
  expect([...data.subarray(36, 45)]).toEqual([0, 255, 255, 255, 255, 255, 255, 255, 0]);
  expect(data.filter((sample) => sample === 255)).toHaveLength(29);
});

test("a curved edge is smooth by default", async () => {
  expect(new Set((await widen({ radius: 3 })).data).size).toBeGreaterThan(2);
});

test("a distance of 0 gives an equal mask", async () => {
  expect(await widen({ radius: 0 })).toEqual(dot);
});

test("a large mask is grown in slices, as the rasteriser does", async () => {
  const mask = maskOf(2000, 1500, (x, y) => ((x * x + y * y) % 9973 === 0 ? 255 : 0));
  const { outputs, progress } = await testNode(grow, { mask, radius: 20 });
  const expected = growMask(mask.data, 2000, 1500, { radius: 20 });
  expect(Buffer.compare((outputs.mask as MaskValue).data, expected)).toBe(0);
  expect(progress.every(([value, total]) => value > 0 && value <= 1 && total === 1)).toBe(true);
});
