import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import outpaintPad from "./outpaint-pad.ts";

async function padded(inputs: Record<string, unknown>, image = noise(90, 90)) {
  const { outputs } = await testNode(outpaintPad, { image, ...inputs });
  return outputs as { image: ImageValue; mask: MaskValue };
}
const selected = ({ data }: MaskValue) => data.filter((sample) => sample === 255).length;

test("room is added to each side, and the mask is of it", async () => {
  const { image, mask } = await padded({ left: 1, top: 2, right: 3, bottom: 4 }, noise(5, 6));
  expect([image.width, image.height, mask.width, mask.height]).toEqual([9, 12, 9, 12]);
  expect(selected(mask)).toBe(9 * 12 - 5 * 6);
  expect([...image.data.subarray((2 * 9 + 1) * 3, (2 * 9 + 6) * 3)]).toEqual([...noise(5, 6).data.subarray(0, 15)]);
});

test.each([
  ["16:9", 160, 90],
  ["9:16", 90, 160],
  ["1:1", 90, 90],
])("a ratio of %s adds what is lacking, to one axis", async (ratio, width, height) => {
  const { image, mask } = await padded({ ratio });
  expect([image.width, image.height]).toEqual([width, height]);
  expect(selected(mask)).toBe(width * height - 90 * 90);
});

test.each([
  ["start", 0],
  ["middle", 35],
  ["end", 70],
])("the picture lies at the %s", async (position, left) => {
  const { mask } = await padded({ ratio: "16:9", position });
  expect(mask.data.subarray(0, 160).indexOf(0)).toBe(left);
});

test("an overlap reaches into the picture, whose samples stay", async () => {
  const { image, mask } = await padded({ right: 10, overlap: 5 });
  expect(mask.data.subarray(0, 100).indexOf(255)).toBe(85);
  expect([...image.data.subarray(0, 90 * 3)]).toEqual([...noise(90, 90).data.subarray(0, 90 * 3)]);
});

test("nothing to add gives the picture itself and an empty mask", async () => {
  const source = noise(16, 9);
  const { image, mask } = await padded({ ratio: "16:9" }, source);
  expect(image).toBe(source);
  expect(selected(mask)).toBe(0);
});

test.each(["16/9", "0:9", "16:"])("%s is no ratio", async (ratio) => {
  await expect(padded({ ratio })).rejects.toMatchObject({ data: { code: "input.pattern" } });
});
