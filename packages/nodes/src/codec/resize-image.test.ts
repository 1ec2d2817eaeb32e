import type { ImageValue, SampleDepth } from "@inlay/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { noise, smooth } from "../../test/pictures.ts";
import { kernels, type KernelName } from "../pixels/kernels.ts";
import { resampleSteps } from "../pixels/resample.ts";
import { fullScale } from "../pixels/sample-depth.ts";
import { resizeImage } from "./resize-image.ts";

const names = Object.keys(kernels) as KernelName[];
const whole = (width: number, height: number) => ({
  scaled: { width, height },
  window: { left: 0, top: 0, width, height },
});

function ours(image: ImageValue, width: number, height: number, kernel: KernelName): ImageValue {
  const steps = resampleSteps(image, whole(width, height), kernels[kernel]);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** A ramp along x whose value at a point is 0.01 of full scale a pixel of 100. */
function ramp(width: number, depth: SampleDepth): ImageValue {
  const image = noise(width, 1, 1, depth);
  return { ...image, data: image.data.map((_, x) => ((x + 0.5) / width) * fullScale[depth]) };
}

test.each(names)("nothing shifts: a ramp stays the same ramp, %s", async (kernel) => {
  for (const width of [37, 50, 150, 317]) {
    const { data } = await resizeImage(ramp(100, "u16"), { width, height: 1 }, { kernel });
    const margin = Math.ceil((4 * width) / 100) + 3;
    for (let x = margin; x < width - margin; x++) {
      expect(Math.abs(data[x]! / 65_535 - (x + 0.5) / width)).toBeLessThan(0.05 / Math.min(width, 100));
    }
  }
});

test.each(names)("shrinking by sharp and by our own loop agree: %s", async (kernel) => {
  const image = smooth(90, 60);
  const bySharp = await resizeImage(image, { width: 40, height: 31 }, { kernel });
  const byUs = ours(image, 40, 31, kernel);
  const worst = Math.max(...Array.from(bySharp.data, (sample, i) => Math.abs(sample - byUs.data[i]!)));
  expect(worst).toBeLessThanOrEqual(2);
});

test("a flat picture stays flat, whatever its size, depth and transparency", async () => {
  const pixel = fc.tuple(...([0, 1, 2, 3] as const).map(() => fc.nat(255)));
  const side = fc.integer({ min: 1, max: 40 });
  const cases = fc.record({ pixel, width: side, height: side, kernel: fc.constantFrom(...names), wide: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(cases, async ({ pixel, width, height, kernel, wide }) => {
      const image = noise(13, 9, 4, wide ? "u16" : "u8");
      const filled = { ...image, data: image.data.map((_, i) => pixel[i % 4]! * (wide ? 257 : 1)) };
      const { data } = await resizeImage(filled, { width, height }, { kernel });
      const clear = pixel[3] === 0;
      const expected = data.map((_, i) => (clear ? 0 : pixel[i % 4]! * (wide ? 257 : 1)));
      if (width !== 13 || height !== 9) expect(data).toEqual(expected);
    }),
    { seed: 1, numRuns: 60 },
  );
});

test("what is transparent does not bleed its colour", async () => {
  const image: ImageValue = { ...noise(2, 1, 4), data: Uint8Array.of(255, 0, 0, 255, 0, 255, 0, 0) };
  const { data } = await resizeImage(image, { width: 1, height: 1 }, { kernel: "bilinear" });
  expect([...data]).toEqual([255, 0, 0, 128]);
});

test("bilinear enlargement gives the samples of the triangle", async () => {
  const image: ImageValue = { ...noise(2, 1, 1), data: Uint8Array.of(0, 100) };
  const { data } = await resizeImage(image, { width: 4, height: 1 }, { kernel: "bilinear" });
  expect([...data]).toEqual([0, 25, 75, 100]);
});

test("nearest copies samples, floating point too", async () => {
  const image: ImageValue = { ...noise(2, 1, 1, "f32"), data: Float32Array.of(-0.5, 3) };
  const { data } = await resizeImage(image, { width: 4, height: 2 }, { kernel: "nearest" });
  expect([...data]).toEqual([-0.5, -0.5, 3, 3, -0.5, -0.5, 3, 3]);
});

test("a window of the scaled picture is that part of the whole", async () => {
  const scaled = { width: 30, height: 20 };
  for (const image of [smooth(60, 40), smooth(10, 8), noise(60, 40, 4, "u16")]) {
    const all = await resizeImage(image, scaled);
    const part = await resizeImage(image, { scaled, window: { left: 7, top: 5, width: 2, height: 1 } });
    const start = (5 * 30 + 7) * image.channels;
    expect(part.data).toEqual(all.data.slice(start, start + 2 * image.channels));
  }
});

test("the size that it has already gives the same object", async () => {
  const image = noise(4, 3);
  expect(await resizeImage(image, { width: 4, height: 3 })).toBe(image);
});
