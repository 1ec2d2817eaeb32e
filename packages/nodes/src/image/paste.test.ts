import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import paste from "./paste.ts";

const background: ImageValue = { ...noise(3, 3, 1), data: new Uint8Array(9), metadata: { density: 72 } };
const foreground: ImageValue = { ...noise(2, 2, 1), data: Uint8Array.of(1, 2, 3, 4) };

async function pasted(inputs: Record<string, unknown>) {
  const { outputs, logs } = await testNode(paste, { background, foreground, ...inputs });
  return { image: outputs.image as ImageValue, logs };
}

test.each([
  [{ x: 1, y: 1 }, [0, 0, 0, 0, 1, 2, 0, 3, 4]],
  [{ x: -1, y: 2 }, [0, 0, 0, 0, 0, 0, 2, 0, 0]],
  [{ x: 2, y: -1 }, [0, 0, 3, 0, 0, 0, 0, 0, 0]],
  [{ x: 0, y: 0, opacity: 0 }, [0, 0, 0, 0, 0, 0, 0, 0, 0]],
])("the foreground comes to its place, and what protrudes is cut off: %o", async (inputs, samples) => {
  const { image, logs } = await pasted(inputs);
  expect(image).toEqual({ ...background, data: Uint8Array.from(samples) });
  expect(logs).toEqual([]);
});

test("a mask of the foreground's size says what of it shows", async () => {
  const mask = maskOf(2, 2, (x, y) => (x === y ? 255 : 0));
  expect([...(await pasted({ mask, x: 1 })).image.data]).toEqual([0, 1, 0, 0, 0, 4, 0, 0, 0]);
});

test("the foreground's transparency lets the background through", async () => {
  const clear: ImageValue = { ...noise(1, 1, 4), data: Uint8Array.of(200, 200, 200, 0) };
  expect((await pasted({ foreground: clear })).image.data).toEqual(background.data);
});

test("outside the background nothing changes, with a warning", async () => {
  const { image, logs } = await pasted({ x: 3 });
  expect(image).toBe(background);
  expect(logs).toEqual(["The foreground lies outside the background of 3 × 3 pixels."]);
});

test("what was cropped, changed and pasted back leaves the rest bit for bit: 16 bits with alpha", async () => {
  const large = noise(5, 4, 4, "u16");
  const small = noise(2, 2, 3, "u16", 9);
  const { image } = await pasted({ background: large, foreground: small, x: 2, y: 1 });
  const isOutside = (_: number, i: number) => {
    const [x, y] = [Math.floor(i / 4) % 5, Math.floor(i / 20)];
    return !(x >= 2 && x < 4 && y >= 1 && y < 3);
  };
  expect([...image.data].filter(isOutside)).toEqual([...large.data].filter(isOutside));
  expect([...image.data.subarray(28, 31)]).toEqual([...small.data.subarray(0, 3)]);
});

test("a mask of another size is refused", async () => {
  const mask = maskOf(3, 3, () => 255);
  await expect(pasted({ mask })).rejects.toMatchObject({ data: { code: "image.size-mismatch", input: "mask" } });
});
