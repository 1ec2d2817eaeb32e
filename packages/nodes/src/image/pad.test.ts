import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import pad from "./pad.ts";

const padded = async (image: ImageValue, inputs: Record<string, unknown>) =>
  (await testNode(pad, { image, ...inputs })).outputs.image as ImageValue;
const row = (...samples: number[]): ImageValue => ({
  ...noise(samples.length, 1, 1),
  data: Uint8Array.from(samples),
});

test("sizes are added on their own sides", async () => {
  const source = noise(2, 2, 1);
  const { width, height, data } = await padded(source, { left: 1, top: 2, right: 3, bottom: 4, color: "#090909" });
  expect([width, height]).toEqual([6, 8]);
  const inside = (x: number, y: number) => x >= 1 && x < 3 && y >= 2 && y < 4;
  const expected = Array.from({ length: 48 }, (_, i) => {
    const [x, y] = [i % 6, Math.floor(i / 6)];
    return inside(x, y) ? source.data[(y - 2) * 2 + x - 1] : 9;
  });
  expect([...data]).toEqual(expected);
});

test("edge repeats the nearest pixel, in corners too", async () => {
  const { data } = await padded(row(1, 2), { left: 2, right: 1, top: 1, fill: "edge" });
  expect([...data]).toEqual([1, 1, 1, 2, 2, 1, 1, 1, 2, 2]);
});

test("reflect mirrors at the edge pixels, again and again", async () => {
  const { data } = await padded(row(1, 2, 3), { left: 5, right: 2, fill: "reflect" });
  expect([...data]).toEqual([2, 1, 2, 3, 2, 1, 2, 3, 2, 1]);
});

test("a picture of one pixel is reflected as that pixel", async () => {
  expect([...(await padded(row(7), { left: 2, bottom: 1, fill: "reflect" })).data]).toEqual([7, 7, 7, 7, 7, 7]);
});

test("a colour in a grey picture makes it RGB", async () => {
  const { channels, data } = await padded(row(5), { right: 1, color: "#010203" });
  expect([channels, ...data]).toEqual([3, 5, 5, 5, 1, 2, 3]);
});

test("a colour fills a 16-bit picture at its own scale", async () => {
  const source = noise(1, 1, 3, "u16");
  const { data } = await padded(source, { right: 1, color: "#ff8000" });
  expect([...data]).toEqual([...source.data, 65_535, 0x80 * 257, 0]);
});

test("a colour that is not opaque makes it RGBA", async () => {
  const { channels, data } = await padded(row(5), { right: 1, color: "#01020304" });
  expect([channels, ...data]).toEqual([4, 5, 5, 5, 255, 1, 2, 3, 4]);
});

test("a picture that would be too large is refused", async () => {
  await expect(padded(row(1), { left: 20_000 })).rejects.toMatchObject({ data: { code: "image.too-large" } });
});

test("nothing to add gives the same object", async () => {
  const image = row(1);
  expect(await padded(image, {})).toBe(image);
});

test("the mask selects what is new, for outpainting", async () => {
  const { outputs } = await testNode(pad, { image: row(1, 2), left: 1, bottom: 1 });
  expect(outputs.mask).toMatchObject({ width: 3, height: 2, data: Uint8Array.of(255, 0, 0, 255, 255, 255) });
  const { outputs: same } = await testNode(pad, { image: row(1, 2) });
  expect(same.mask).toMatchObject({ width: 2, height: 1, data: new Uint8Array(2) });
});
