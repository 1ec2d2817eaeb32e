import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import splitAlpha from "./split-alpha.ts";

async function split(image: ImageValue) {
  const { outputs } = await testNode(splitAlpha, { image });
  return { image: outputs.image as ImageValue, mask: outputs.mask as MaskValue };
}

test("colours and alpha come out apart, unchanged", async () => {
  const source: ImageValue = { ...noise(2, 1, 4), data: Uint8Array.of(1, 2, 3, 0, 4, 5, 6, 200) };
  const { image, mask } = await split(source);
  expect([image.channels, ...image.data]).toEqual([3, 1, 2, 3, 4, 5, 6]);
  expect(mask).toEqual({ kind: "mask", width: 2, height: 1, data: Uint8Array.of(0, 200) });
});

test("alpha of 16 bits is rounded, colours keep their depth", async () => {
  const source: ImageValue = { ...noise(1, 1, 4, "u16"), data: Uint16Array.of(1, 2, 3, 128 * 257 + 128) };
  const { image, mask } = await split(source);
  expect([image.depth, ...image.data]).toEqual(["u16", 1, 2, 3]);
  expect([...mask.data]).toEqual([128]);
});

test("a picture without alpha passes through with a full mask", async () => {
  const source = noise(2, 1);
  const { image, mask } = await split(source);
  expect(image).toBe(source);
  expect([...mask.data]).toEqual([255, 255]);
});
