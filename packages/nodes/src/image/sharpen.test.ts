import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import blur from "./blur.ts";
import sharpen from "./sharpen.ts";

const sharpened = async (image: ImageValue, inputs: Record<string, unknown> = {}) =>
  (await testNode(sharpen, { image, ...inputs })).outputs.image as ImageValue;

/** A step from 100 to 150 in the middle of each row, with an alpha that the filter must not touch. */
const edge: ImageValue = {
  ...noise(20, 2, 4),
  data: noise(20, 2, 4).data.map((sample, i) => (i % 4 === 3 ? sample : i % 80 < 40 ? 100 : 150)),
};

test("each sample moves away from its blurred value by the amount", async () => {
  const image = noise(16, 16, 3, "u16");
  const { outputs } = await testNode(blur, { image, sigma: 2 });
  const soft = (outputs.image as ImageValue).data;
  const { data } = await sharpened(image, { sigma: 2, amount: 0.5 });
  const expected = image.data.map((v, i) => Math.min(65_535, Math.max(0, Math.floor(v + 0.5 * (v - soft[i]!) + 0.5))));
  expect(data).toEqual(expected);
});

test("an edge gets steeper, flat areas and alpha stay", async () => {
  const opaque: ImageValue = { ...edge, data: edge.data.map((sample, i) => (i % 4 === 3 ? 255 : sample)) };
  const { data } = await sharpened(opaque);
  expect([data[0], data[3]]).toEqual([100, 255]);
  expect(data[9 * 4]).toBeLessThan(100);
  expect(data[10 * 4]).toBeGreaterThan(150);
  const alpha = (image: ImageValue) => image.data.filter((_, i) => i % 4 === 3);
  expect(alpha(await sharpened(edge))).toEqual(alpha(edge));
});

test("differences up to the threshold are left alone", async () => {
  expect(await sharpened(edge, { threshold: 0.2 })).toEqual(edge);
});

test("an amount of 0 gives the same object", async () => {
  expect(await sharpened(edge, { amount: 0 })).toBe(edge);
});
