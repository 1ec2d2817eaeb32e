import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise, smooth } from "../../test/pictures.ts";
import resize from "./resize.ts";

const resized = async (image: ImageValue, inputs: Record<string, unknown>) =>
  (await testNode(resize, { image, ...inputs })).outputs.image as ImageValue;

test.each([
  ["grey", noise(9, 6, 1)],
  ["RGBA", noise(9, 6, 4)],
  ["16-bit grey", noise(9, 6, 1, "u16")],
  ["16-bit RGB", noise(9, 6, 3, "u16")],
  ["floating point", noise(9, 6, 3, "f32")],
])("channels, depth and density are kept: %s", async (_name, image) => {
  const source: ImageValue = { ...image, metadata: { density: 300 } };
  for (const width of [3, 18]) {
    const { channels, depth, metadata, ...size } = await resized(source, { width });
    expect({ channels, depth, metadata }).toEqual({
      channels: image.channels,
      depth: image.depth,
      metadata: { density: 300 },
    });
    expect(size).toMatchObject({ width, height: (width * 2) / 3 });
  }
});

test("contain puts the picture in the middle of the background", async () => {
  const image = await resized(noise(2, 1, 1), { width: 4, height: 4, fit: "contain", background: "#808080" });
  expect(image).toMatchObject({ width: 4, height: 4, channels: 1 });
  expect([...image.data.subarray(0, 4), ...image.data.subarray(12)]).toEqual(Array(8).fill(128));
});

test("a transparent background gives the picture an alpha channel", async () => {
  const image = await resized(noise(1, 1), { width: 3, height: 1, fit: "contain", background: "#00000000" });
  expect(image.channels).toBe(4);
  expect([3, 7, 11].map((i) => image.data[i])).toEqual([0, 255, 0]);
});

test("a picture that is never enlarged passes through as it is", async () => {
  const image = smooth(8, 8);
  expect(await resized(image, { width: 100, without_enlargement: true })).toBe(image);
});

test("a background that is no colour is refused", async () => {
  await expect(resized(noise(1, 1), { width: 1, background: "red" })).rejects.toMatchObject({
    data: { input: "background" },
  });
});

test("no size at all is refused", async () => {
  await expect(resized(noise(1, 1), {})).rejects.toMatchObject({ data: { code: "image.size-missing" } });
});
