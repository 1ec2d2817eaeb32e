import type { ImageValue } from "@inlay/engine";
import { checkSize } from "./check-size.ts";
import { makeRoomFor, type Colour } from "./colour.ts";
import { rowSteps } from "./row-steps.ts";
import { sampleArrays } from "./sample-depth.ts";

/** What is added around a picture, in pixels. */
export interface Padding {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly fill: PaddingFill;
}

/**
 * What the new pixels show: a colour, the nearest pixel of the edge, or the picture mirrored at its edge pixels, which
 * are not repeated (`dcb|abcd|cba`).
 */
type PaddingFill = Colour | "edge" | "reflect";

/**
 * Adds pixels around a picture, whose own samples stay as they are. A colour that the picture's channels cannot hold
 * changes them (`makeRoomFor`). Yields progress (0–1). Throws `image.too-large`.
 */
export function* padSteps(source: ImageValue, padding: Padding): Generator<number, ImageValue, void> {
  const { left, top, right, bottom, fill } = padding;
  const width = left + source.width + right;
  const height = top + source.height + bottom;
  checkSize({ width, height });
  const { image, pixel } = typeof fill === "string" ? { image: source, pixel: [] } : makeRoomFor(fill, source);
  const { channels, depth } = image;
  const out = { ...image, width, height, data: new sampleArrays[depth](width * height * channels) };
  const columns = sourcesOf(image.width, { before: left, count: width, fill });
  const rows = sourcesOf(image.height, { before: top, count: height, fill });
  const blank = Array.from({ length: width }, () => pixel).flat();
  yield* rowSteps({ height, cost: width * channels }, (y) => {
    if (rows[y]! < 0) out.data.set(blank, y * width * channels);
    else fillRow(out, y * width, { image, row: rows[y]!, columns, left, pixel });
  });
  return out;
}

interface PaddedRow {
  readonly image: ImageValue;
  /** The source row that is shown. */
  readonly row: number;
  readonly columns: Int32Array;
  readonly left: number;
  readonly pixel: readonly number[];
}

/** Copies the middle as a whole; what is beside it pixel by pixel. */
function fillRow(
  { data: out, width }: ImageValue,
  start: number,
  { image, row, columns, left, pixel }: PaddedRow,
): void {
  const { data, channels } = image;
  const first = row * image.width;
  const fillColumn = (x: number) => {
    const to = (start + x) * channels;
    const from = (first + columns[x]!) * channels;
    for (let c = 0; c < channels; c++) out[to + c] = columns[x]! < 0 ? pixel[c]! : data[from + c]!;
  };
  for (let x = 0; x < left; x++) fillColumn(x);
  out.set(data.subarray(first * channels, (first + image.width) * channels), (start + left) * channels);
  for (let x = left + image.width; x < width; x++) fillColumn(x);
}

interface Extent {
  readonly before: number;
  readonly count: number;
  readonly fill: PaddingFill;
}

/** For each position along an axis the source position that it shows, or −1 for the colour. */
function sourcesOf(length: number, { before, count, fill }: Extent): Int32Array {
  const source = fill === "edge" ? clamp : fill === "reflect" ? reflect : blankOutside;
  return Int32Array.from({ length: count }, (_, i) => source(i - before, length));
}

function clamp(position: number, length: number): number {
  return Math.min(length - 1, Math.max(0, position));
}

function reflect(position: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const phase = ((position % period) + period) % period;
  return Math.min(phase, period - phase);
}

function blankOutside(position: number, length: number): number {
  return position < 0 || position >= length ? -1 : position;
}
