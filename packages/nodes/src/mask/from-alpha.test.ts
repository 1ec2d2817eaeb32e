import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import fromAlpha from "./from-alpha.ts";

const faded: ImageValue = { ...noise(3, 1, 4), data: Uint8Array.of(9, 9, 9, 0, 8, 8, 8, 100, 7, 7, 7, 255) };
const select = async (inputs: Record<string, unknown>) => {
  const { outputs, logs } = await testNode(fromAlpha, { image: faded, ...inputs });
  return { data: [...(outputs.mask as MaskValue).data], logs };
};

test("the mask is the alpha channel, or its inverse", async () => {
  expect(await select({})).toEqual({ data: [0, 100, 255], logs: [] });
  expect(await select({ select: "transparent" })).toEqual({ data: [255, 155, 0], logs: [] });
});

test("alpha of 16 bits is rounded to 8", async () => {
  const image: ImageValue = { ...noise(1, 1, 4, "u16"), data: Uint16Array.of(0, 0, 0, 128 * 257 + 128) };
  expect((await select({ image })).data).toEqual([128]);
});

test("a picture without alpha is opaque, with a warning", async () => {
  const image = noise(2, 1);
  expect((await select({ image })).data).toEqual([255, 255]);
  expect((await select({ image, select: "transparent" })).data).toEqual([0, 0]);
  expect((await select({ image })).logs).toHaveLength(1);
});
