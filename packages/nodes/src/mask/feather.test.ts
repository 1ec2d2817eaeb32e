import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { featherMask } from "@inlay/raster";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import feather from "./feather.ts";

const mask = maskOf(64, 48, (x, y) => (x > 20 && x < 40 && y > 15 && y < 30 ? 255 : 0));
const soften = async (inputs: Record<string, unknown>) =>
  (await testNode(feather, { mask, ...inputs })).outputs.mask as MaskValue;

test.each(["both", "inward", "outward"] as const)(
  "the edge is softened as the rasteriser does: %s",
  async (direction) => {
    const soft = await soften({ radius: 5, direction });
    expect(soft).toEqual({ ...mask, data: featherMask(mask.data, 64, 48, 5, direction) });
  },
);

test("a radius of 0 gives an equal mask", async () => {
  expect(await soften({ radius: 0 })).toEqual(mask);
});

test("a large mask gives the same samples in slices, and tells its progress", async () => {
  const large = maskOf(2500, 2500, (x, y) => (x + y) % 256);
  const { outputs, progress } = await testNode(feather, { mask: large, radius: 40 });
  expect(Buffer.compare((outputs.mask as MaskValue).data, featherMask(large.data, 2500, 2500, 40))).toBe(0);
  expect(progress.every(([value, total]) => value > 0 && value <= 1 && total === 1)).toBe(true);
});
