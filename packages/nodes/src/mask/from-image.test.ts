import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import fromImage from "./from-image.ts";
import toImage from "./to-image.ts";

const pixel: ImageValue = { ...noise(1, 1, 4), data: Uint8Array.of(10, 20, 30, 40) };
const read = async (inputs: Record<string, unknown>) => {
  const { outputs, logs } = await testNode(fromImage, { image: pixel, ...inputs });
  return { data: [...(outputs.mask as MaskValue).data], logs };
};

test("a mask shown as a picture and read again is the same mask", async () => {
  const mask = maskOf(16, 16, (x, y) => x + 16 * y);
  const { image } = (await testNode(toImage, { mask })).outputs;
  expect(image).toMatchObject({ kind: "image", width: 16, height: 16, channels: 1, depth: "u8" });
  expect((await testNode(fromImage, { image })).outputs.mask).toEqual(mask);
});

test.each([
  ["red", 10],
  ["green", 20],
  ["blue", 30],
  ["alpha", 40],
  ["luminance", 19],
])("a channel is read: %s", async (channel, sample) => {
  expect(await read({ channel })).toEqual({ data: [sample], logs: [] });
});

test("a grey picture has the same in every colour", async () => {
  const image: ImageValue = { ...noise(2, 1, 1, "u16"), data: Uint16Array.of(257 * 3, 65_535) };
  for (const channel of ["luminance", "red", "green", "blue"]) {
    expect((await read({ image, channel })).data).toEqual([3, 255]);
  }
});

test("the alpha of a picture without is 255, with a warning", async () => {
  const { data, logs } = await read({ image: noise(1, 1), channel: "alpha" });
  expect([data, logs.length]).toEqual([[255], 1]);
});
