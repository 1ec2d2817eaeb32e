import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import joinAlpha from "./join-alpha.ts";
import splitAlpha from "./split-alpha.ts";

const mask = maskOf(3, 2, (x, y) => x * 100 + y * 50);
const joined = async (image: ImageValue) => (await testNode(joinAlpha, { image, mask })).outputs.image as ImageValue;

test.each([
  ["grey", noise(3, 2, 1)],
  ["RGB", noise(3, 2, 3)],
  ["RGBA, whose alpha is replaced", noise(3, 2, 4)],
  ["16-bit RGB", noise(3, 2, 3, "u16")],
  ["floating point", noise(3, 2, 3, "f32")],
])("joining and splitting gives the colours and the mask back: %s", async (_name, image) => {
  const { outputs } = await testNode(splitAlpha, { image: await joined(image) });
  expect(outputs.mask).toEqual(mask);
  const colours = (outputs.image as ImageValue).data;
  const stride = image.channels;
  const expected = colours.map((_, i) => image.data[Math.floor(i / 3) * stride + (stride === 1 ? 0 : i % 3)]!);
  expect(colours).toEqual(expected);
});

test("a mask of another size is refused", async () => {
  await expect(joined(noise(2, 2))).rejects.toMatchObject({ data: { code: "image.size-mismatch", input: "mask" } });
});
