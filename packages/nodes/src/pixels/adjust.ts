import type { ImageValue, Samples } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale } from "./sample-depth.ts";

/** Changes of tone and colour. The neutral values are 0, 1, 1 and 1. */
export interface Adjustment {
  /** Added: −1 makes black, 1 white. */
  readonly brightness: number;
  /** Factor of the distance to middle grey: 0 makes grey. */
  readonly contrast: number;
  /** Factor of the distance to the pixel's own grey: 0 makes a grey picture. */
  readonly saturation: number;
  /** Above 1 lightens middle tones; black and white stay. */
  readonly gamma: number;
}

/**
 * Adjusts a picture; alpha, channels and depth stay. Yields progress (0–1).
 *
 * With samples as 0–1: each becomes (clamp((v + brightness − ½) × contrast + ½)) ^ (1 ÷ gamma); then each colour
 * becomes y + (v − y) × saturation, where y is the pixel's luma of ITU-R BT.709 (as in `convertColours`). Both are
 * rounded for integers and cut to the range.
 */
export function* adjustSteps(image: ImageValue, adjustment: Adjustment): Generator<number, ImageValue, void> {
  const { width, height, channels } = image;
  const data = image.data.slice();
  const out = { ...image, data };
  const toneRow = rowTone(image.depth, adjustment);
  const { saturation } = adjustment;
  const colours = Math.min(3, channels);
  const length = width * channels;
  yield* rowSteps({ height, cost: length }, (y) => {
    const start = y * length;
    toneRow(data.subarray(start, start + length), channels, colours);
    if (saturation !== 1 && colours === 3) saturateRow(out, start, saturation);
  });
  return out;
}

/** Changes the colours of one row in place. */
type RowTone = (row: Samples, channels: number, colours: number) => void;

/** By a table for integers, which have at most 65,536 values; a call a sample would cost three times the CPU. */
function rowTone(depth: ImageValue["depth"], adjustment: Adjustment): RowTone {
  if (depth === "f32") return (row, ...shape) => eachColour(row, shape, (i) => (row[i] = tone(row[i]!, adjustment)));
  const top = fullScale[depth];
  const table = Uint16Array.from({ length: top + 1 }, (_, v) => tone(v / top, adjustment) * top + 0.5);
  return (row, channels, colours) => {
    if (channels !== colours) return eachColour(row, [channels, colours], (i) => (row[i] = table[row[i]!]!));
    for (let i = 0; i < row.length; i++) row[i] = table[row[i]!]!;
  };
}

function eachColour(row: Samples, [channels, colours]: readonly [number, number], change: (i: number) => void): void {
  for (let pixel = 0; pixel < row.length; pixel += channels) for (let i = pixel; i < pixel + colours; i++) change(i);
}

function tone(value: number, { brightness, contrast, gamma }: Adjustment): number {
  return Math.min(1, Math.max(0, (value + brightness - 0.5) * contrast + 0.5)) ** (1 / gamma);
}

function saturateRow({ data, width, channels, depth }: ImageValue, start: number, saturation: number): void {
  const top = fullScale[depth];
  const half = depth === "f32" ? 0 : 0.5;
  for (let i = start; i < start + width * channels; i += channels) {
    const luma = 0.2126 * data[i]! + 0.7152 * data[i + 1]! + 0.0722 * data[i + 2]!;
    for (let c = i; c < i + 3; c++) {
      data[c] = Math.min(top, Math.max(0, luma + (data[c]! - luma) * saturation)) + half;
    }
  }
}
