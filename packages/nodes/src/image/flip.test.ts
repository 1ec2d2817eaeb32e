import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import flip from "./flip.ts";

const flipped = async (image: ImageValue, direction: string) =>
  (await testNode(flip, { image, direction })).outputs.image as ImageValue;
const letters: ImageValue = { ...noise(3, 2, 1), data: Uint8Array.of(1, 2, 3, 4, 5, 6) };

test.each([
  ["horizontal", [3, 2, 1, 6, 5, 4]],
  ["vertical", [4, 5, 6, 1, 2, 3]],
  ["both", [6, 5, 4, 3, 2, 1]],
])("%s", async (direction, samples) => {
  expect([...(await flipped(letters, direction)).data]).toEqual(samples);
});

test.each(["horizontal", "vertical", "both"])("twice is the same picture, every sample: %s", async (direction) => {
  for (const image of [noise(5, 4, 3), noise(5, 4, 4, "u16"), noise(1, 1, 3, "f32")]) {
    expect(await flipped(await flipped(image, direction), direction)).toEqual(image);
  }
});
