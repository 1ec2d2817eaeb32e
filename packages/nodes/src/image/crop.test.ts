import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import crop from "./crop.ts";

const cropped = async (image: ImageValue, inputs: Record<string, unknown>) => {
  const { outputs, logs } = await testNode(crop, { image, ...inputs });
  return { image: outputs.image as ImageValue, logs };
};

test("the rectangle's samples come out exactly, with the picture's format", async () => {
  const source: ImageValue = { ...noise(3, 2, 4, "u16"), metadata: { density: 72 } };
  const { image, logs } = await cropped(source, { x: 1, y: 1, width: 2, height: 1 });
  expect(image).toEqual({ ...source, width: 2, height: 1, data: source.data.slice(16, 24) });
  expect(logs).toEqual([]);
});

test("a rectangle that protrudes is cut at the edges, with a warning", async () => {
  const source = noise(3, 2, 1);
  const { image, logs } = await cropped(source, { x: -1, y: 1, width: 3, height: 9 });
  expect(image).toEqual({ ...source, width: 2, height: 1, data: source.data.slice(3, 5) });
  expect(logs).toEqual(["The rectangle protrudes from the picture: it was cut to 2 × 1 pixels."]);
});

test("the whole picture passes through as the same object", async () => {
  const source = noise(3, 2);
  expect((await cropped(source, { width: 3, height: 2 })).image).toBe(source);
});

test.each([{ x: 3 }, { y: 2 }, { x: -2 }])("a rectangle outside the picture is refused: %o", async (at) => {
  await expect(cropped(noise(3, 2), { width: 2, height: 2, ...at })).rejects.toMatchObject({
    data: { code: "image.crop-outside" },
  });
});
