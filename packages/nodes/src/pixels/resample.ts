import type { ImageValue, Samples } from "@inlay/engine";
import type { Fitting } from "./fit-size.ts";
import type { Kernel } from "./kernels.ts";
import { rowSteps } from "./row-steps.ts";
import { fullScale, sampleArrays } from "./sample-depth.ts";

/** What is made of a picture: it is scaled, and a part of that is kept. */
export type Scaling = Pick<Fitting, "scaled" | "window">;

/**
 * Scales a picture by a separable kernel, keeping depth and channels. Yields progress (0–1).
 *
 * The centre of pixel i lies at i + ½ before and after, so nothing shifts; where the picture shrinks, the kernel is
 * widened by the same factor; the edge pixels are repeated outwards. Colours are weighted by their alpha, so that what
 * is transparent does not bleed. Sums are floating point and rounded once, at the end.
 */
export function* resampleSteps(
  image: ImageValue,
  { scaled, window }: Scaling,
  kernel: Kernel,
): Generator<number, ImageValue, void> {
  const { channels, depth } = image;
  const { width, height } = window;
  const columns = tapsOf({ from: image.width, to: scaled.width, start: window.left, count: width }, kernel);
  const rows = tapsOf({ from: image.height, to: scaled.height, start: window.top, count: height }, kernel);
  const mix = rowMixer(image, rows);
  const out = { ...image, width, height, data: new sampleArrays[depth](width * height * channels) };
  const finish = channels === 1 ? finishGreyRow : finishColourRow;
  const cost = (image.width * rows.count + width * columns.count) * channels;
  yield* rowSteps({ height, cost }, (y) => finish(out, y, mix(y), columns));
  return out;
}

/** For each target position `count` sources with their weights, in arrays of `targets × count`. */
interface Taps {
  readonly count: number;
  readonly sources: Int32Array;
  readonly weights: Float64Array;
}

interface Axis {
  /** Samples along the axis before and after. */
  readonly from: number;
  readonly to: number;
  /** The part of the target that is wanted. */
  readonly start: number;
  readonly count: number;
}

function tapsOf({ from, to, start, count: targets }: Axis, { radius, weight }: Kernel): Taps {
  const step = from / to;
  const stretch = Math.max(1, step);
  const count = Math.ceil(2 * radius * stretch) + 1;
  const sources = new Int32Array(targets * count);
  const weights = new Float64Array(targets * count);
  for (let i = 0; i < targets; i++) {
    const centre = (start + i + 0.5) * step - 0.5;
    const first = Math.ceil(centre - radius * stretch);
    const tap = (k: number) => weight((first + k - centre) / stretch);
    let sum = 0;
    for (let k = 0; k < count; k++) sum += tap(k);
    for (let k = 0; k < count; k++) {
      sources[i * count + k] = Math.min(from - 1, Math.max(0, first + k));
      weights[i * count + k] = tap(k) / sum;
    }
  }
  return { count, sources, weights };
}

/** Gives the weighted sum of source rows for a target row: colours times alpha where there is alpha, else as stored. */
function rowMixer(
  { data, width, channels }: ImageValue,
  { count, sources, weights }: Taps,
): (y: number) => Float64Array {
  const length = width * channels;
  const row = new Float64Array(length);
  const add = channels === 4 ? addAlphaRow : addRow;
  return (y) => {
    row.fill(0);
    for (let k = y * count; k < (y + 1) * count; k++) {
      if (weights[k] !== 0) add(row, data, sources[k]! * length, weights[k]!);
    }
    return row;
  };
}

function addRow(row: Float64Array, data: Samples, offset: number, weight: number): void {
  for (let i = 0; i < row.length; i++) row[i]! += data[offset + i]! * weight;
}

function addAlphaRow(row: Float64Array, data: Samples, offset: number, weight: number): void {
  for (let i = 0; i < row.length; i += 4) {
    const alpha = data[offset + i + 3]! * weight;
    row[i]! += data[offset + i]! * alpha;
    row[i + 1]! += data[offset + i + 1]! * alpha;
    row[i + 2]! += data[offset + i + 2]! * alpha;
    row[i + 3]! += alpha;
  }
}

function finishGreyRow(out: ImageValue, y: number, row: Float64Array, { count, sources, weights }: Taps): void {
  const { data, width, depth } = out;
  const { top, half } = rounding(depth);
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let k = x * count; k < (x + 1) * count; k++) sum += row[sources[k]!]! * weights[k]!;
    data[y * width + x] = Math.min(top, Math.max(0, sum)) + half;
  }
}

/** Without alpha the weights stand for it, whose sum is 1. */
function finishColourRow(out: ImageValue, y: number, row: Float64Array, { count, sources, weights }: Taps): void {
  const { data, width, channels, depth } = out;
  const { top, half } = rounding(depth);
  const round = (value: number) => Math.min(top, Math.max(0, value)) + half;
  for (let x = 0, to = y * width * channels; x < width; x++, to += channels) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let k = x * count; k < (x + 1) * count; k++) {
      const from = sources[k]! * channels;
      const weight = weights[k]!;
      red += row[from]! * weight;
      green += row[from + 1]! * weight;
      blue += row[from + 2]! * weight;
      alpha += channels === 4 ? row[from + 3]! * weight : weight;
    }
    if (alpha <= 0) continue;
    data[to] = round(red / alpha);
    data[to + 1] = round(green / alpha);
    data[to + 2] = round(blue / alpha);
    if (channels === 4) data[to + 3] = round(alpha);
  }
}

/** Integer arrays drop the fraction, so that adding a half rounds. */
function rounding(depth: ImageValue["depth"]): { top: number; half: number } {
  return { top: fullScale[depth], half: depth === "f32" ? 0 : 0.5 };
}
