import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import area from "./area.ts";
import crop from "./crop.ts";
import resize from "./resize.ts";

const mask = maskOf(3, 2, (x, y) => 10 * (3 * y + x));

test("the rectangle's samples come out exactly", async () => {
  const { outputs } = await testNode(crop, { mask, x: 1, y: 0, width: 2, height: 2 });
  expect(outputs.mask).toEqual({ ...mask, width: 2, data: Uint8Array.of(10, 20, 40, 50) });
});

test("a rectangle that protrudes is cut at the edges, with a warning; the whole mask passes through", async () => {
  const { outputs, logs } = await testNode(crop, { mask, x: -1, y: 1, width: 3, height: 9 });
  expect([...(outputs.mask as MaskValue).data]).toEqual([30, 40]);
  expect(logs).toEqual(["The rectangle protrudes from the mask: it was cut to 2 × 1 pixels."]);
  expect((await testNode(crop, { mask, width: 3, height: 2 })).outputs.mask).toBe(mask);
});

test("a rectangle outside the mask is refused", async () => {
  await expect(testNode(crop, { mask, x: 3, width: 1, height: 1 })).rejects.toMatchObject({
    data: { code: "mask.crop-outside" },
  });
});

test("a mask comes to a picture's size: copied or interpolated", async () => {
  const edge = maskOf(2, 1, (x) => 255 * x);
  const resized = async (smooth: boolean) => {
    const { outputs } = await testNode(resize, { mask: edge, image: noise(8, 2), smooth });
    return outputs.mask as MaskValue;
  };
  expect([...(await resized(false)).data]).toEqual([0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 255, 255, 255, 255]);
  const soft = await resized(true);
  expect([soft.width, soft.height, soft.data[0], soft.data[7]]).toEqual([8, 2, 0, 255]);
  const row = [...soft.data.subarray(0, 8)];
  expect(row).toEqual(row.toSorted((a, b) => a - b));
  expect(new Set(row).size).toBeGreaterThan(3);
});

test("a mask of the picture's size passes through", async () => {
  expect((await testNode(resize, { mask, image: noise(3, 2) })).outputs.mask).toBe(mask);
});

test.each([
  [() => 0, { share: 0, pixels: 0, is_empty: true, is_full: false }],
  [() => 255, { share: 1, pixels: 4, is_empty: false, is_full: true }],
  [(x: number) => 255 * x, { share: 0.5, pixels: 2, is_empty: false, is_full: false }],
  [() => 127, { share: 127 / 255, pixels: 0, is_empty: false, is_full: false }],
])("what a mask selects is measured", async (sample, expected) => {
  expect((await testNode(area, { mask: maskOf(2, 2, sample) })).outputs).toEqual(expected);
});
