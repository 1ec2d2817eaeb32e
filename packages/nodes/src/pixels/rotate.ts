import type { ImageValue } from "@inlay/engine";
import { checkSize } from "./check-size.ts";
import { makeRoomFor, type Colour } from "./colour.ts";
import { kernels } from "./kernels.ts";
import { rowSteps } from "./row-steps.ts";
import { fullScale, sampleArrays } from "./sample-depth.ts";
import type { Size } from "./size.ts";

export interface Rotation {
  /** Degrees clockwise. */
  readonly angle: number;
  /** True: as large as the whole turned picture needs; false: the size that it had, corners cut off. */
  readonly expand: boolean;
  /** What shows where there is no picture; the edges fade into it. */
  readonly background: Colour;
}

/**
 * Turns a picture about its centre by any angle, by bicubic interpolation (Catmull–Rom over 4 × 4 pixels, positions in
 * steps of 1 ÷ 1024 pixel) of colours weighted by their alpha. A background that the picture's channels cannot hold
 * changes them (`makeRoomFor`). Yields progress (0–1). Throws `image.too-large`.
 */
export function* rotateSteps(source: ImageValue, rotation: Rotation): Generator<number, ImageValue, void> {
  const { image, pixel } = makeRoomFor(rotation.background, source);
  const radians = (rotation.angle * Math.PI) / 180;
  const turn = { cos: Math.cos(radians), sin: Math.sin(radians) };
  const { width, height } = rotation.expand ? turnedSize(image, turn) : image;
  checkSize({ width, height });
  const { channels, depth } = image;
  const out = { ...image, width, height, data: new sampleArrays[depth](width * height * channels) };
  const sample = sampler(image, pixel);
  yield* rowSteps({ height, cost: width * channels * 16 }, (y) => {
    // Back from the centre of the result's pixel to the source, where pixel i has its centre at i.
    const down = y + 0.5 - height / 2;
    for (let x = 0; x < width; x++) {
      const across = x + 0.5 - width / 2;
      const sourceX = across * turn.cos + down * turn.sin + image.width / 2 - 0.5;
      const sourceY = down * turn.cos - across * turn.sin + image.height / 2 - 0.5;
      sample(out, y * width + x, sourceX, sourceY);
    }
  });
  return out;
}

/** The smallest size that holds the turned rectangle; what is less than a millionth of a pixel is rounding. */
function turnedSize({ width, height }: Size, { cos, sin }: { cos: number; sin: number }): Size {
  const reach = (x: number, y: number) => Math.max(1, Math.ceil(x * Math.abs(cos) + y * Math.abs(sin) - 1e-6));
  return { width: reach(width, height), height: reach(height, width) };
}

const phases = 1024;

/** The weights of the four neighbours for each phase between the second and the third. */
const phaseWeights = Float64Array.from({ length: (phases + 1) * 4 }, (_, i) =>
  kernels.bicubic.weight((i % 4) - 1 - Math.floor(i / 4) / phases),
);

type Sample = (out: ImageValue, index: number, x: number, y: number) => void;

/** Writes what the picture shows at a point into a pixel: beyond the edge pixels' centres it fades to the background. */
function sampler(image: ImageValue, pixel: readonly number[]): Sample {
  const { channels, depth } = image;
  const top = fullScale[depth];
  const half = depth === "f32" ? 0 : 0.5;
  const sums = new Float64Array(4);
  const backgroundAlpha = channels === 4 ? pixel[3]! : 1;
  const colours = Math.min(3, channels);
  return ({ data }, index, x, y) => {
    const coverage = covered(x, image.width) * covered(y, image.height);
    const rest = (1 - coverage) * backgroundAlpha;
    if (coverage > 0) interpolate(image, x, y, sums);
    const alpha = (coverage > 0 ? coverage * sums[3]! : 0) + rest;
    if (alpha <= 0) return;
    for (let c = 0; c < colours; c++) {
      const sum = (coverage > 0 ? coverage * sums[c]! : 0) + rest * pixel[c]!;
      data[index * channels + c] = Math.min(top, Math.max(0, sum / alpha)) + half;
    }
    if (channels === 4) data[index * 4 + 3] = Math.min(top, alpha) + half;
  };
}

/** How much of a pixel's width at that position lies within `length` pixels: 0–1. */
function covered(position: number, length: number): number {
  return Math.min(1, Math.max(0, Math.min(position + 1, length - position)));
}

/** Sums of colours × alpha in 0–2 and of alpha in 3; a picture without alpha has alpha 1. */
function interpolate({ data, width, height, channels }: ImageValue, x: number, y: number, sums: Float64Array): void {
  const left = Math.floor(x);
  const above = Math.floor(y);
  const phaseX = Math.round((x - left) * phases) * 4;
  const phaseY = Math.round((y - above) * phases) * 4;
  sums.fill(0);
  for (let j = 0; j < 4; j++) {
    const row = Math.min(height - 1, Math.max(0, above - 1 + j)) * width;
    for (let i = 0; i < 4; i++) {
      const at = (row + Math.min(width - 1, Math.max(0, left - 1 + i))) * channels;
      const weight = phaseWeights[phaseX + i]! * phaseWeights[phaseY + j]! * (channels === 4 ? data[at + 3]! : 1);
      sums[0]! += data[at]! * weight;
      sums[3]! += weight;
      if (channels === 1) continue;
      sums[1]! += data[at + 1]! * weight;
      sums[2]! += data[at + 2]! * weight;
    }
  }
}
