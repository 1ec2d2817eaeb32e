import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise, smooth } from "../../test/pictures.ts";
import matchColor from "./match-color.ts";

const reference = smooth(40, 30);
const toned = (image: ImageValue, tone: (sample: number, channel: number) => number): ImageValue => ({
  ...image,
  data: image.data.map((sample, i) => tone(sample, i % image.channels)) as Uint8Array,
});
const match = async (inputs: Record<string, unknown>) =>
  (await testNode(matchColor, { reference, ...inputs })).outputs.image as ImageValue;
const farthest = (a: ImageValue, b: ImageValue) =>
  Math.max(...Array.from(a.data, (sample, i) => Math.abs(sample - b.data[i]!)));

test("the same picture stays the same object", async () => {
  expect(await match({ image: reference })).toBe(reference);
});

test("another gain and offset of each colour is taken back, to the level", async () => {
  const image = toned(reference, (sample, c) => Math.round(sample * [1.05, 0.95, 1][c]! + [3, 0, -9][c]!));
  expect(farthest(image, reference)).toBeGreaterThan(8);
  expect(farthest(await match({ image }), reference)).toBeLessThanOrEqual(1);
});

test("what the mask selects is not compared, but changed as well", async () => {
  const mask = maskOf(40, 30, (x) => (x < 20 ? 1 : 0));
  const image = toned(reference, (sample) => sample + 6);
  const repainted = { ...image, data: image.data.map((s, i) => (Math.floor(i / 3) % 40 < 20 ? 20 : s)) };
  const matched = await match({ image: repainted as ImageValue, mask });
  expect(matched.data[0]).toBe(14);
  expect(matched.data[39 * 3]).toBe(reference.data[39 * 3]);
});

test("a thing that is in only one of them does not count", async () => {
  const image = toned(reference, (sample) => sample + 6);
  const withBlot = { ...image, data: image.data.map((s, i) => (i < 60 ? 255 - s : s)) as Uint8Array };
  const matched = await match({ image: withBlot });
  expect(Math.abs(matched.data[29 * 120]! - reference.data[29 * 120]!)).toBeLessThanOrEqual(1);
});

test("half the amount makes half the change", async () => {
  const image = toned(reference, (sample) => sample + 10);
  const matched = await match({ image, amount: 0.5 });
  expect(matched.data[300]).toBe(reference.data[300]! + 5);
});

test("alpha and depth stay", async () => {
  const image = noise(20, 20, 4, "u16");
  const brighter = { ...image, data: (image.data as Uint16Array).map((s, i) => (i % 4 === 3 ? s : s * 0.9)) };
  const matched = await match({ image: brighter, reference: image });
  expect(matched).toMatchObject({ depth: "u16", channels: 4 });
  expect(matched.data.filter((_, i) => i % 4 === 3)).toEqual(image.data.filter((_, i) => i % 4 === 3));
  expect(Math.abs(matched.data[0]! - image.data[0]!)).toBeLessThan(400);
});

test("pictures of different sizes are refused", async () => {
  await expect(match({ image: smooth(41, 30) })).rejects.toMatchObject({
    data: { code: "image.size-mismatch", input: "reference" },
  });
});
