import type { ImageValue, MaskValue, SampleDepth } from "@inlay/engine";
import fc from "fast-check";
import { expect, test } from "vitest";
import { maskOf, noise } from "../../test/pictures.ts";
import { compositeSteps, type Composition } from "./composite.ts";
import { convertDepth } from "./convert-depth.ts";

function composite(composition: Composition): ImageValue {
  const steps = compositeSteps(composition);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const depths: readonly SampleDepth[] = ["u8", "u16", "f32"];
const channels = [1, 3, 4] as const;
const size = { width: 16, height: 16 } as const;
const ramp: MaskValue = maskOf(16, 16, (x, y) => x + 16 * y);
const formats = depths.flatMap((depth) => channels.map((count) => [depth, count] as const));

/** The colours of pixel i, without alpha. */
const colours = ({ data, channels: stride }: ImageValue, i: number) =>
  Array.from(data.subarray(i * stride, i * stride + Math.min(3, stride)));

/** The alpha of pixel i, if there is one. */
const alphas = ({ data, channels: stride }: ImageValue, i: number) =>
  Array.from(data.subarray(i * stride + 3, (i + 1) * stride));

test.each(formats)("where the mask is 0 every sample is the background's: %s × %i", (depth, count) => {
  const background = noise(16, 16, count, depth);
  for (const [overDepth, overCount] of formats) {
    const foreground = noise(16, 16, overCount, overDepth, 7);
    const mask = maskOf(16, 16, (x) => (x < 8 ? 0 : 255));
    const { data, ...format } = composite({ background, foreground, mask });
    expect(format).toEqual({ kind: "image", ...size, channels: count, depth });
    for (let i = 0; i < 256; i += 16) {
      const row = [i * count, (i + 8) * count] as const;
      expect(data.subarray(...row)).toEqual(background.data.subarray(...row));
    }
  }
});

test.each(formats)("where the mask is 255 every colour is the foreground's: %s × %i", (depth, count) => {
  const background = noise(16, 16, count, depth);
  const foreground = noise(16, 16, count === 1 ? 1 : 3, depth, 7);
  const image = composite({ background, foreground, mask: maskOf(16, 16, () => 255) });
  for (let i = 0; i < 256; i++) {
    expect(colours(image, i)).toEqual(colours(foreground, i));
    expect(alphas(image, i)).toEqual(alphas(background, i));
  }
});

test.each(["u8", "u16"] as const)("between, the result is the nearest integer: %s", (depth) => {
  for (const count of channels) {
    const background = noise(16, 16, count, depth);
    const foreground = noise(16, 16, count === 1 ? 1 : 3, depth, 7);
    const image = composite({ background, foreground, mask: ramp });
    for (let i = 0; i < 256; i++) {
      const [below, above, w] = [colours(background, i), colours(foreground, i), ramp.data[i]!];
      const exact = below.map((b, c) => Math.floor((b * (255 - w) + above[c]! * w + 127) / 255));
      expect(colours(image, i)).toEqual(exact);
    }
  }
});

test("the loop for bytes agrees with the formula for every pair of samples", () => {
  const pair = fc.record({ b: fc.nat(255), f: fc.nat(255), w: fc.nat(255) });
  const grey = (value: number): ImageValue => ({ ...noise(1, 1, 1), data: Uint8Array.of(value) });
  fc.assert(
    fc.property(pair, ({ b, f, w }) => {
      const mask = maskOf(1, 1, () => w);
      const { data } = composite({ background: grey(b), foreground: grey(f), mask });
      expect(data[0]).toBe(Math.floor((b * (255 - w) + f * w + 127) / 255));
      expect(Math.abs(data[0]! - (b * (255 - w) + f * w) / 255)).toBeLessThanOrEqual(0.5);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test("opacity weakens the mask", () => {
  const [background, foreground] = [noise(16, 16), noise(16, 16, 3, "u8", 7)];
  const full = maskOf(16, 16, () => 255);
  const half = maskOf(16, 16, () => 128);
  expect(composite({ background, foreground, mask: full, opacity: 0 })).toEqual(background);
  const weak = composite({ background, foreground, mask: full, opacity: 0.5 });
  expect(weak).toEqual(composite({ background, foreground, mask: half }));
});

test("the foreground's alpha weakens the mask", () => {
  const background = noise(2, 1);
  const data = Uint8Array.of(10, 20, 30, 0, 10, 20, 30, 255);
  const foreground: ImageValue = { ...noise(2, 1, 4), data };
  const image = composite({ background, foreground, mask: maskOf(2, 1, () => 255) });
  expect([...image.data]).toEqual([...background.data.subarray(0, 3), 10, 20, 30]);
});

test("a colour picture over a grey one gives its luma", () => {
  const foreground: ImageValue = { ...noise(1, 1), data: Uint8Array.of(255, 0, 0) };
  const image = composite({ background: noise(1, 1, 1), foreground, mask: maskOf(1, 1, () => 255) });
  expect([...image.data]).toEqual([54]);
});

test("pictures of another size are refused with both sizes", () => {
  const background = noise(4, 4);
  const mask = maskOf(4, 4, () => 255);
  const data = expect.objectContaining({
    code: "image.size-mismatch",
    input: "foreground",
    expected: "4 × 4 pixels, as the background",
    received: "5 × 4 pixels",
  });
  const compose = () => composite({ background, foreground: noise(5, 4), mask });
  expect(compose).toThrow(expect.objectContaining({ data }));
});

test("widening the depth and narrowing it again gives the same samples", () => {
  const image = noise(16, 16);
  for (const depth of depths) expect(convertDepth(convertDepth(image, depth), "u8")).toEqual(image);
});
