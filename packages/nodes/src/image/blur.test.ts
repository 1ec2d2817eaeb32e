import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import blur from "./blur.ts";

const blurred = async (image: ImageValue, sigma: number) =>
  (await testNode(blur, { image, sigma })).outputs.image as ImageValue;

/** One bright sample in the middle of a row. */
function impulse(length: number, value: number): ImageValue {
  const data = new Uint16Array(length);
  data[length >> 1] = value;
  return { ...noise(length, 1, 1, "u16"), data };
}

test.each([0.5, 1, 3, 10])("a point becomes the Gaussian, within a fiftieth of its height: sigma %d", async (sigma) => {
  const { data } = await blurred(impulse(101, 60_000), sigma);
  const bell = Array.from({ length: 101 }, (_, i) => Math.exp(-((i - 50) ** 2) / (2 * sigma ** 2)));
  const sum = bell.reduce((a, b) => a + b);
  for (const [i, value] of bell.entries())
    expect(Math.abs(data[i]! - (value / sum) * 60_000)).toBeLessThan(60_000 / 50);
  expect(data).toEqual(data.slice().reverse());
});

test.each([
  ["grey", noise(8, 8, 1)],
  ["RGB", noise(8, 8, 3)],
  ["RGBA", noise(8, 8, 4)],
  ["16-bit RGB", noise(8, 8, 3, "u16")],
  ["16-bit RGBA", noise(8, 8, 4, "u16")],
  ["floating point", noise(8, 8, 4, "f32")],
])("a flat picture stays as it is, up to its edges: %s", async (_name, image) => {
  const flat: ImageValue = { ...image, data: image.data.map((_, i) => image.data[i % image.channels]!) };
  const soft = await blurred(flat, 3);
  expect({ ...soft, data: [] }).toEqual({ ...flat, data: [] });
  const tolerance = image.depth === "f32" ? 1e-4 : image.channels === 4 && image.depth === "u16" ? 2 : 0;
  for (const [i, sample] of soft.data.entries()) {
    expect(Math.abs(sample - flat.data[i]!)).toBeLessThanOrEqual(tolerance);
  }
});

test("what is transparent does not bleed its colour", async () => {
  const image: ImageValue = {
    ...noise(20, 1, 4),
    data: noise(20, 1, 4).data.map((_, i) => (i < 40 ? [200, 0, 0, 255] : [0, 255, 0, 0])[i % 4]!),
  };
  const { data } = await blurred(image, 3);
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! > 0) expect([data[i], data[i + 1]]).toEqual([200, 0]);
  }
  expect(Math.abs(data[9 * 4 + 3]! + data[10 * 4 + 3]! - 255)).toBeLessThanOrEqual(2);
});

test("a sigma of 0 gives the same object", async () => {
  const image = noise(2, 2);
  expect(await blurred(image, 0)).toBe(image);
});
