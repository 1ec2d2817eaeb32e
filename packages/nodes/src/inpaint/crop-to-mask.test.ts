import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import cropToMask from "./crop-to-mask.ts";

const dot = (width: number, height: number, left: number, top: number, side = 4) =>
  maskOf(width, height, (x, y) => (x >= left && x < left + side && y >= top && y < top + side ? 200 : 0));

async function crop(inputs: Record<string, unknown>) {
  const { outputs } = await testNode(cropToMask, { image: noise(100, 80), mask: dot(100, 80, 40, 30), ...inputs });
  return outputs as { image: ImageValue; mask: MaskValue; region: Record<string, number> };
}

test("the crop holds the mask with its surroundings, in the picture's own samples", async () => {
  const { image, mask, region } = await crop({ context: 3, multiple: 4 });
  expect(region).toMatchObject({ x: 36, y: 26, width: 12, height: 12, scaled_width: 12, image_width: 100 });
  const source = noise(100, 80);
  const at = (x: number, y: number) => [...source.data.subarray((y * 100 + x) * 3, (y * 100 + x) * 3 + 3)];
  expect([...image.data.subarray(0, 3)]).toEqual(at(36, 26));
  expect([...image.data.subarray(-3)]).toEqual(at(47, 37));
  expect([mask.data[0], mask.data[4 * 12 + 4], mask.data[7 * 12 + 7]]).toEqual([0, 200, 200]);
});

test("a mask in the corner is not in the middle of its crop: the crop stays inside", async () => {
  const { region } = await crop({ mask: dot(100, 80, 96, 76), multiple: 32 });
  expect(region).toMatchObject({ x: 68, y: 48, width: 32, height: 32 });
});

test("a context mask widens the crop and selects nothing", async () => {
  const { region, mask } = await crop({ context_mask: dot(100, 80, 80, 30), multiple: 1, context: 1 });
  expect(region).toMatchObject({ x: 40, y: 30, width: 44, height: 4 });
  expect(mask.data.filter((sample) => sample > 0)).toHaveLength(16);
});

test("a crop that is larger than the size is scaled down, mask and all", async () => {
  const { image, mask, region } = await crop({
    image: noise(300, 200),
    mask: maskOf(300, 200, (x) => (x < 256 ? 255 : 0)),
    context: 1,
    size: 64,
    multiple: 4,
  });
  expect(region).toMatchObject({ x: 0, y: -4, width: 256, height: 208, scaled_width: 64, scaled_height: 52 });
  expect([image.width, image.height, mask.width, mask.height]).toEqual([64, 52, 64, 52]);
});

test("a picture smaller than the multiple is extended by its edge", async () => {
  const source = noise(3, 5, 1);
  const { image, region } = await crop({ image: source, mask: dot(3, 5, 1, 1, 1), multiple: 8 });
  expect(region).toMatchObject({ x: -2, y: -1, width: 8, height: 8 });
  expect([image.data[0], image.data[7], image.data[63]]).toEqual([source.data[0], source.data[2], source.data[14]]);
});

test("a small crop is enlarged when it is to fit, at most eight times", async () => {
  const { image } = await crop({ context: 1, multiple: 1, size: 1024, scaling: "fit" });
  expect([image.width, image.height]).toEqual([32, 32]);
});

test("an empty mask and one of another shape are refused", async () => {
  await expect(crop({ mask: maskOf(100, 80, () => 0) })).rejects.toMatchObject({ data: { code: "mask.empty" } });
  await expect(crop({ mask: maskOf(80, 100, () => 9) })).rejects.toMatchObject({
    data: { code: "mask.size-mismatch" },
  });
});
