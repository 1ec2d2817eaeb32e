import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise, smooth } from "../../test/pictures.ts";
import rotate from "./rotate.ts";

const rotated = async (image: ImageValue, inputs: Record<string, unknown>) =>
  (await testNode(rotate, { image, ...inputs })).outputs.image as ImageValue;
const letters: ImageValue = { ...noise(3, 2, 1), data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

test.each([
  [90, 2, [4, 1, 5, 2, 6, 3]],
  [180, 3, [6, 5, 4, 3, 2, 1]],
  [270, 2, [3, 6, 2, 5, 1, 4]],
  [-90, 2, [3, 6, 2, 5, 1, 4]],
  [360, 3, [1, 2, 3, 4, 5, 6]],
])("%d° turns clockwise and copies samples", async (angle, width, samples) => {
  const image = await rotated(letters, { angle });
  expect([image.width, ...image.data]).toEqual([width, ...samples]);
});

test("four quarters are no turn, for every format", async () => {
  for (const image of [noise(5, 4, 3), noise(5, 4, 4, "u16"), noise(3, 2, 1, "f32")]) {
    let turned = image;
    for (let i = 0; i < 4; i++) turned = await rotated(turned, { angle: 90 });
    expect(turned).toEqual(image);
  }
});

test("an angle next to a quarter gives almost the samples of the quarter", async () => {
  const image = smooth(40, 40);
  const exact = await rotated(image, { angle: 90 });
  const near = await rotated(image, { angle: 90.01, expand: false });
  for (let i = 40 * 3; i < 39 * 40 * 3; i++) {
    const x = Math.floor(i / 3) % 40;
    if (x > 0 && x < 39) expect(Math.abs(near.data[i]! - exact.data[i]!)).toBeLessThanOrEqual(1);
  }
});

test("a point goes where the angle says: 30° clockwise about the centre", async () => {
  const image: ImageValue = { ...noise(101, 101, 1), data: new Uint8Array(101 * 101) };
  image.data[50 * 101 + 90] = 255;
  const { data, width, height } = await rotated(image, { angle: 30, expand: false });
  const brightest = data.indexOf(Math.max(...data));
  const angle = Math.PI / 6;
  expect([brightest % width, Math.floor(brightest / width)]).toEqual([
    Math.round(50 + 40 * Math.cos(angle)),
    Math.round(50 + 40 * Math.sin(angle)),
  ]);
  expect(height).toBe(101);
});

test("the result grows to hold the whole picture, with the background in the corners", async () => {
  const white: ImageValue = { ...noise(100, 100, 1), data: new Uint8Array(10_000).fill(255) };
  const { width, height, channels, data } = await rotated(white, { angle: 45, background: "#202020" });
  expect([width, height, channels]).toEqual([142, 142, 1]);
  expect([data[0], data[71 * 142 + 71]]).toEqual([0x20, 255]);
  const area = Array.from(data, (sample) => (sample - 0x20) / (255 - 0x20)).reduce((sum, part) => sum + part);
  expect(Math.abs(area - 10_000)).toBeLessThan(100);
});

test("a clear background fades the edges out without darkening them", async () => {
  const red: ImageValue = { ...noise(20, 20), data: noise(20, 20).data.map((_, i) => (i % 3 === 0 ? 200 : 0)) };
  const { channels, data } = await rotated(red, { angle: 10, background: "#00000000" });
  expect(channels).toBe(4);
  for (let i = 0; i < data.length; i += 4) if (data[i + 3]! > 8) expect(data[i]).toBe(200);
});
