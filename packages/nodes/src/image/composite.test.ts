import { testNode } from "@inlay/engine/testing";
import type { ImageValue } from "@inlay/engine";
import { expect, test } from "vitest";
import { differing, maskOf, noise } from "../../test/pictures.ts";
import composite from "./composite.ts";

test("the foreground shows where the mask selects, the rest stays", async () => {
  const background = noise(4, 2);
  const foreground = noise(4, 2, 3, "u8", 5);
  const mask = maskOf(4, 2, (_x, y) => (y === 0 ? 255 : 0));
  const { outputs } = await testNode(composite, { background, foreground, mask });
  const { data } = outputs.image as ImageValue;
  expect(data.subarray(0, 12)).toEqual(foreground.data.subarray(0, 12));
  expect(data.subarray(12)).toEqual(background.data.subarray(12));
});

test("a picture of many megapixels is composed in steps", async () => {
  const background = noise(2200, 1600, 4, "u16");
  const foreground = noise(2200, 1600, 3, "u8", 5);
  const mask = maskOf(2200, 1600, (x) => (x < 1100 ? 0 : x % 256));
  const { outputs } = await testNode(composite, { background, foreground, mask });
  const image = outputs.image as ImageValue;
  const half = (row: number) => [row * 2200 * 4, (row * 2200 + 1100) * 4] as const;
  for (const row of [0, 799, 1599]) {
    expect(differing(image.data.subarray(...half(row)), background.data.subarray(...half(row)))).toBe(0);
  }
});

test("an opacity above 1 is refused", async () => {
  const image = noise(1, 1);
  const inputs = { background: image, foreground: image, mask: maskOf(1, 1, () => 0), opacity: 1.1 };
  await expect(testNode(composite, inputs)).rejects.toMatchObject({ data: { code: "input.range", input: "opacity" } });
});
