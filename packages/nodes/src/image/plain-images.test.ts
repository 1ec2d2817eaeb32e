import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import convert from "./convert.ts";
import invert from "./invert.ts";
import solid from "./solid.ts";

const imageOf = async (...given: Parameters<typeof testNode>) => (await testNode(...given)).outputs.image as ImageValue;

test("a plain picture has one colour everywhere, and alpha only for a colour that needs it", async () => {
  const opaque = await imageOf(solid, { width: 2, height: 2, color: "#0a141e" });
  expect([opaque.channels, ...opaque.data]).toEqual([3, 10, 20, 30, 10, 20, 30, 10, 20, 30, 10, 20, 30]);
  const clear = await imageOf(solid, { width: 1, height: 1, color: "#0a141e80" });
  expect([clear.channels, ...clear.data]).toEqual([4, 10, 20, 30, 128]);
});

test("a plain picture larger than pictures may be is refused", async () => {
  await expect(imageOf(solid, { width: 20_000, height: 20_000 })).rejects.toMatchObject({
    data: { code: "image.too-large" },
  });
});

test.each([
  ["u8", 4, [255, 0, 100, 77], [0, 255, 155, 77]],
  ["u16", 3, [65_535, 0, 1000], [0, 65_535, 64_535]],
  ["f32", 1, [0.25], [0.75]],
] as const)("a negative keeps depth, channels and alpha: %s", async (depth, channels, samples, expected) => {
  const image = noise(1, 1, channels, depth);
  const source = { ...image, data: image.data.map((_, i) => samples[i]!) };
  expect([...(await imageOf(invert, { image: source })).data]).toEqual(expected);
});

test("a negative of a negative is the picture", async () => {
  const image = noise(7, 5, 4);
  expect(await imageOf(invert, { image: await imageOf(invert, { image }) })).toEqual(image);
});

test.each([
  [{}, 4, "u8", [200, 100, 50, 128]],
  [{ colors: "grey" }, 1, "u8", [118]],
  [{ colors: "grey", alpha: "on-white" }, 1, "u8", [186]],
  [{ alpha: "drop" }, 3, "u8", [200, 100, 50]],
  [{ bits: "16" }, 4, "u16", [51_400, 25_700, 12_850, 32_896]],
  [{ bits: "16", alpha: "drop" }, 3, "u16", [51_400, 25_700, 12_850]],
])("a picture is converted: %o", async (inputs, channels, depth, samples) => {
  const source: ImageValue = { ...noise(1, 1, 4), data: Uint8Array.of(200, 100, 50, 128) };
  const image = await imageOf(convert, { image: source, ...inputs });
  expect([image.channels, image.depth, ...image.data]).toEqual([channels, depth, ...samples]);
});

test("grey becomes colour, and colour gets an opaque alpha", async () => {
  const source: ImageValue = { ...noise(1, 1, 1), data: Uint8Array.of(9) };
  expect([...(await imageOf(convert, { image: source, colors: "rgb" })).data]).toEqual([9, 9, 9]);
  expect([...(await imageOf(convert, { image: source, alpha: "add" })).data]).toEqual([9, 9, 9, 255]);
});
