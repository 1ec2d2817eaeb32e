import type { ImageValue, Samples } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale, sampleArrays } from "./sample-depth.ts";

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
  const data = new sampleArrays[image.depth](image.data.length);
  const out = { ...image, data };
  const toneRow = rowTone(image.depth, adjustment);
  const { saturation } = adjustment;
  const colours = Math.min(3, channels);
  const length = width * channels;
  yield* rowSteps({ height, cost: length }, (y) => {
    const start = y * length;
    toneRow(image.data, data, { start, end: start + length });
    if (channels > colours) keepAlpha(image, data, start);
    if (saturation !== 1 && colours === 3) saturateRow(out, start, saturation);
  });
  return out;
}

/** Where a row lies among the samples. */
interface Row {
  readonly start: number;
  readonly end: number;
}

/** Writes the samples of one row, alpha among them. */
type RowTone = (from: Samples, to: Samples, row: Row) => void;

/** By a table for integers, which have at most 65,536 values; a call a sample would cost three times the CPU. */
function rowTone(depth: ImageValue["depth"], adjustment: Adjustment): RowTone {
  if (depth === "f32")
    return (from, to, { start, end }) => {
      for (let i = start; i < end; i++) to[i] = tone(from[i]!, adjustment);
    };
  const top = fullScale[depth];
  const table = new sampleArrays[depth](top + 1);
  for (let v = 0; v <= top; v++) table[v] = tone(v / top, adjustment) * top + 0.5;
  return (from, to, row) => lookUp(table, from, to, row);
}

function lookUp(table: Samples, from: Samples, to: Samples, { start, end }: Row): void {
  for (let i = start; i < end; i++) to[i] = table[from[i]!]!;
}

function keepAlpha({ data, width, channels }: ImageValue, to: Samples, start: number): void {
  for (let i = start + channels - 1; i < start + width * channels; i += channels) to[i] = data[i]!;
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
