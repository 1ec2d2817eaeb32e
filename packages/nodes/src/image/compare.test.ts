import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import { convertColours } from "../pixels/convert-colours.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import compare from "./compare.ts";

const compared = async (a: ImageValue, b: ImageValue, inputs: Record<string, unknown> = {}) =>
  (await testNode(compare, { a, b, ...inputs })).outputs;
const grey = (...samples: number[]): ImageValue => ({
  ...noise(samples.length, 1, 1),
  data: Uint8Array.from(samples),
});

test("differences are measured and shown", async () => {
  const { image, ...measures } = await compared(grey(10, 20, 30, 40), grey(10, 21, 27, 40));
  expect([...(image as ImageValue).data]).toEqual([0, 1, 3, 0]);
  const psnr = 10 * Math.log10(255 ** 2 / 2.5);
  expect(measures).toEqual({ equal: false, differing: 2, max: 3, mean: 1, psnr });
});

test("identical pictures have no difference and no ratio", async () => {
  const a = noise(5, 4, 4, "u16");
  const { image, ...measures } = await compared(a, a);
  expect((image as ImageValue).data.every((sample) => sample === 0)).toBe(true);
  expect(measures).toEqual({ equal: true, differing: 0, max: 0, mean: 0, psnr: null });
});

test("what is within the tolerance counts as equal, and is measured all the same", async () => {
  expect(await compared(grey(10, 20), grey(12, 25), { tolerance: 2 })).toMatchObject({ differing: 1, max: 5 });
  expect(await compared(grey(10), grey(12), { tolerance: 2 })).toMatchObject({ equal: true, max: 2 });
});

test("amplifying changes the picture, not the measures", async () => {
  const { image, max } = await compared(grey(0, 0), grey(3, 100), { amplify: 10 });
  expect([max, ...(image as ImageValue).data]).toEqual([100, 30, 255]);
});

test("the same picture in another format is equal", async () => {
  const a = noise(4, 4, 1);
  const b = convertDepth(convertColours(a, 3), "u16");
  expect(await compared(a, b)).toMatchObject({ equal: true, image: { channels: 3, depth: "u16" } });
});

test("a difference of 16-bit samples is told in levels of 255", async () => {
  const a: ImageValue = { ...noise(1, 1, 1, "u16"), data: Uint16Array.of(0) };
  const b: ImageValue = { ...a, data: Uint16Array.of(257) };
  expect(await compared(a, b)).toMatchObject({ max: 1, mean: 1 });
});

test("a picture without alpha counts as opaque, and a difference in alpha is shown", async () => {
  const a: ImageValue = { ...noise(1, 1, 3), data: Uint8Array.of(10, 20, 30) };
  const b: ImageValue = { ...noise(1, 1, 4), data: Uint8Array.of(10, 20, 32, 250) };
  const { image, differing } = await compared(a, b);
  expect([differing, ...(image as ImageValue).data]).toEqual([2, 5, 5, 5]);
});

test("another size is refused", async () => {
  await expect(compared(noise(2, 2), noise(2, 3))).rejects.toMatchObject({ data: { code: "image.size-mismatch" } });
});
