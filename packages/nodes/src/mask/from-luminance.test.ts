import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import fromLuminance from "./from-luminance.ts";

const grey: ImageValue = { ...noise(4, 1, 1), data: Uint8Array.of(0, 100, 150, 255) };
const read = async (inputs: Record<string, unknown>) => {
  const { outputs } = await testNode(fromLuminance, { image: grey, ...inputs });
  return [...(outputs.mask as MaskValue).data];
};

test("a grey picture is the mask itself", async () => {
  expect(await read({})).toEqual([0, 100, 150, 255]);
});

test("green is brighter than red, and red than blue", async () => {
  const data = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
  expect(await read({ image: { ...noise(4, 1), data } })).toEqual([54, 182, 18, 255]);
});

test("depths of more than 8 bits are rounded to the nearest", async () => {
  const wide: ImageValue = { ...noise(2, 1, 1, "u16"), data: Uint16Array.of(257 * 7 + 128, 257 * 7 + 129) };
  const real: ImageValue = { ...noise(3, 1, 1, "f32"), data: Float32Array.of(-0.5, 0.5, 1.5) };
  expect(await read({ image: wide })).toEqual([7, 8]);
  expect(await read({ image: real })).toEqual([0, 128, 255]);
});

test("between two levels the selection rises evenly", async () => {
  expect(await read({ low: 100, high: 200 })).toEqual([0, 0, 128, 255]);
});

test("a low level that is not below the high one is refused", async () => {
  await expect(read({ low: 200, high: 200 })).rejects.toMatchObject({
    data: { code: "input.level-range", input: "low" },
  });
});
