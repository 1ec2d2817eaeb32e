import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import adjust from "./adjust.ts";

const adjusted = async (image: ImageValue, inputs: Record<string, unknown>) =>
  (await testNode(adjust, { image, ...inputs })).outputs.image as ImageValue;
const pixel = (...samples: number[]): ImageValue => ({ ...noise(1, 1, 3), data: Uint8Array.from(samples) });

test.each([
  [{ brightness: 0.2 }, [51, 151, 251]],
  [{ brightness: -1 }, [0, 0, 0]],
  [{ contrast: 2 }, [0, 73, 255]],
  [{ contrast: 0 }, [128, 128, 128]],
  [{ gamma: 2 }, [0, 160, 226]],
  [{ saturation: 0 }, [86, 86, 86]],
  [{ brightness: 0.2, contrast: 0.5, gamma: 2 }, [151, 188, 220]],
])("%o gives its formula's samples", async (inputs, samples) => {
  expect([...(await adjusted(pixel(0, 100, 200), inputs)).data]).toEqual(samples);
});

test("saturation scales the distance to the luma and cuts off", async () => {
  const luma = 0.2126 * 100 + 0.7152 * 120 + 0.0722 * 200;
  const expected = [100, 120, 200].map((v) => Math.min(255, Math.round(luma + 2 * (v - luma))));
  expect([...(await adjusted(pixel(100, 120, 200), { saturation: 2 })).data]).toEqual(expected);
});

test("8 and 16 bits and floating point agree", async () => {
  const inputs = { brightness: 0.1, contrast: 1.3, saturation: 0.4, gamma: 0.7 };
  const image = noise(9, 9, 3);
  const { data } = await adjusted(image, inputs);
  for (const depth of ["u16", "f32"] as const) {
    const deep = await adjusted(convertDepth(image, depth), inputs);
    expect(deep.depth).toBe(depth);
    const back = convertDepth(deep, "u8").data;
    for (const [i, sample] of data.entries()) expect(Math.abs(back[i]! - sample)).toBeLessThanOrEqual(1);
  }
});

test("alpha stays, and a grey picture stays grey", async () => {
  const image = noise(4, 4, 4);
  const { data } = await adjusted(image, { brightness: 1, saturation: 0 });
  expect([...data]).toEqual(Array.from(image.data, (sample, i) => (i % 4 === 3 ? sample : 255)));
  expect((await adjusted(noise(4, 4, 1), { saturation: 2, contrast: 2 })).channels).toBe(1);
});

test("neutral values give the same object", async () => {
  const image = noise(2, 2);
  expect(await adjusted(image, {})).toBe(image);
});
