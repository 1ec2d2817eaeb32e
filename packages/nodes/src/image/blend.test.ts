import type { ImageValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import sharp from "sharp";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import { blendModes } from "../pixels/blend-modes.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import blend from "./blend.ts";

const blended = async (background: ImageValue, foreground: ImageValue, inputs: Record<string, unknown> = {}) =>
  (await testNode(blend, { background, foreground, ...inputs })).outputs.image as ImageValue;
const pixel = (...samples: number[]): ImageValue => ({
  ...noise(1, 1, samples.length === 4 ? 4 : 3),
  data: Uint8Array.from(samples),
});
/** What libvips makes of the same opaque pictures. */
async function byLibvips(background: ImageValue, foreground: ImageValue, mode: (typeof blendModes)[number]) {
  const raw = ({ width, height, channels }: ImageValue) => ({ raw: { width, height, channels } });
  const overlay = { input: Buffer.from(foreground.data), ...raw(foreground) };
  return sharp(background.data, raw(background))
    .composite([{ ...overlay, blend: mode === "normal" ? "over" : mode }])
    .removeAlpha()
    .raw()
    .toBuffer();
}

test.each(blendModes)("opaque pictures come out as libvips makes them: %s", async (mode) => {
  const [background, foreground] = [noise(16, 16), noise(16, 16, 3, "u8", 5)];
  const { data } = await blended(background, foreground, { mode });
  const expected = await byLibvips(background, foreground, mode);
  for (const [i, sample] of data.entries()) expect(Math.abs(sample - expected[i]!)).toBeLessThanOrEqual(1);
});

test("two transparent pictures meet as the standard's formula says", async () => {
  // αs 0.4, αb 0.502, cs 0.392, cb 0.784: αo = 0.7012, co = (0.4 × 0.3497 + 0.6 × 0.502 × 0.784) ÷ αo = 0.5364.
  const { data } = await blended(pixel(200, 200, 200, 128), pixel(100, 100, 100, 102), { mode: "multiply" });
  expect([...data]).toEqual([137, 137, 137, 179]);
});

test.each([
  ["normal", [200, 100, 30]],
  ["multiply", [78, 78, 0]],
  ["screen", [222, 222, 30]],
  ["overlay", [157, 188, 0]],
  ["darken", [100, 100, 0]],
  ["lighten", [200, 200, 30]],
  ["difference", [100, 100, 30]],
  ["add", [255, 255, 30]],
  ["soft-light", [134, 191, 0]],
])("%s gives its formula's samples", async (mode, samples) => {
  expect([...(await blended(pixel(100, 200, 0), pixel(200, 100, 30), { mode })).data]).toEqual(samples);
});

test.each(blendModes)("all depths agree: %s", async (mode) => {
  const [background, foreground] = [noise(8, 8), noise(8, 8, 3, "u8", 5)];
  const { data } = await blended(background, foreground, { mode, opacity: 0.6 });
  for (const depth of ["u16", "f32"] as const) {
    const deep = await blended(convertDepth(background, depth), foreground, { mode, opacity: 0.6 });
    expect(deep.depth).toBe(depth);
    const back = convertDepth(deep, "u8").data;
    for (const [i, sample] of data.entries()) expect(Math.abs(back[i]! - sample)).toBeLessThanOrEqual(1);
  }
});

test("half the opacity is half way", async () => {
  const { data } = await blended(pixel(0, 100, 200), pixel(100, 100, 100), { opacity: 0.5 });
  expect([...data]).toEqual([50, 100, 150]);
});

test("over nothing the foreground stands by itself", async () => {
  const { data } = await blended(pixel(9, 9, 9, 0), pixel(10, 20, 30, 40), { mode: "multiply" });
  expect([...data]).toEqual([10, 20, 30, 40]);
});

test("where the foreground is transparent the background stays exactly", async () => {
  const background = noise(4, 4, 4, "u16");
  const clear: ImageValue = { ...noise(4, 4, 4), data: new Uint8Array(64) };
  expect(await blended(background, clear)).toEqual(background);
  expect(await blended(background, noise(4, 4, 3), { opacity: 0 })).toEqual(background);
});

test("grey over grey stays grey; colour over grey gives colour", async () => {
  expect((await blended(noise(2, 2, 1), noise(2, 2, 1))).channels).toBe(1);
  expect(await blended(noise(2, 2, 1), noise(2, 2, 3))).toMatchObject({ channels: 3, data: noise(2, 2, 3).data });
});

test("another size is refused", async () => {
  await expect(blended(noise(2, 2), noise(3, 2))).rejects.toMatchObject({
    data: { code: "image.size-mismatch", input: "foreground" },
  });
});
