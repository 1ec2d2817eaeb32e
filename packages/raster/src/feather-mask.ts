import { lineBlur, stripBlur } from "./box-blur.ts";
import { boxHalves, featherReach } from "./box-widths.ts";
import { changedWindows } from "./changed-windows.ts";
import { maskBounds, type Bounds } from "./mask-bounds.ts";
import { runToEnd } from "./run-to-end.ts";

/**
 * To which side of its edge a mask is softened. `both`: the edge keeps its place, the softness lies on both sides.
 * `inward`: nothing new is selected, the selection fades towards its edge. `outward`: nothing selected is lost, the
 * selection fades away from its edge.
 */
export type FeatherDirection = "both" | "inward" | "outward";

/**
 * Softens the edge of a mask like a Gaussian of σ = radius / 2, in integer arithmetic, as a new mask.
 *
 * Three box blurs along the rows, then three along the columns, as running sums: the time does not depend on the
 * radius. Intermediate samples have 8 more bits. Beyond the mask's sides its edge samples are repeated.
 *
 * - Radius 0 copies. Samples further than `featherReach(radius)` from every selected one stay 0.
 * - A mask of all 0 or all 255 stays; with `both`, any constant mask stays.
 * - A larger input never gives a smaller output; a mirrored input gives the mirrored output.
 *
 * `radius` is an integer of 0–4096 pixels. Throws `raster.bad-size`, `raster.bad-radius`.
 *
 * @example
 * const soft = featherMask(mask, 640, 480, 16);
 */
export function featherMask(
  data: Uint8Array,
  width: number,
  height: number,
  radius: number,
  direction: FeatherDirection = "both",
): Uint8Array {
  return runToEnd(featherMaskSteps(data, width, height, radius, direction));
}

/**
 * The same as `featherMask` in steps of a few milliseconds: yields its progress (0–1), returns the new mask.
 * The caller may do other things between the steps, or drop the generator to stop.
 */
export function* featherMaskSteps(
  data: Uint8Array,
  width: number,
  height: number,
  radius: number,
  direction: FeatherDirection = "both",
): Generator<number, Uint8Array, void> {
  const halves = boxHalves(radius);
  const bounds = maskBounds(data, width, height);
  if (radius === 0 || bounds === undefined) return data.slice();
  const region = expand(bounds, featherReach(radius), width, height);
  const rows = new Uint16Array(region.width * region.height);
  for (const part of blurRows(data, width, region, halves, rows)) yield part / 2;
  const out = new Uint8Array(width * height);
  for (const part of blurColumns(rows, width, region, halves, out)) yield 0.5 + part / 2;
  if (direction !== "both") keepSide(direction, data, out);
  return out;
}

/** Beyond this region the result is 0, and on its sides that are not the mask's own every blur sees only 0. */
function expand(bounds: Bounds, reach: number, width: number, height: number): Bounds {
  const x = Math.max(0, bounds.x - reach);
  const y = Math.max(0, bounds.y - reach);
  const right = Math.min(width, bounds.x + bounds.width + reach);
  const bottom = Math.min(height, bounds.y + bounds.height + reach);
  return { x, y, width: right - x, height: bottom - y };
}

/** Samples a step handles: about a millisecond. */
const samplesPerStep = 2 ** 18;

/** Blurs along the rows into `out`, which has the size of the region and samples of 256 × 0–255. */
function* blurRows(
  data: Uint8Array,
  width: number,
  region: Bounds,
  halves: readonly number[],
  out: Uint16Array,
): Generator<number, void, void> {
  const blur = lineBlur(region.width, halves);
  const reach = sum(halves);
  const rowsPerStep = Math.ceil(samplesPerStep / region.width);
  for (let y = 0; y < region.height; y++) {
    const start = (region.y + y) * width + region.x;
    const row = out.subarray(y * region.width, (y + 1) * region.width);
    for (let x = 0; x < row.length; x++) row[x] = data[start + x]! << 8;
    for (const part of changedWindows(row.length, reach, (x) => row[x] !== row[x - 1])) blur(row, part);
    if (y % rowsPerStep === rowsPerStep - 1) yield y / region.height;
  }
}

/** Columns blurred together: a strip of a 4K image and its result fit into the second-level cache. */
const stripColumns = 64;

/** Blurs `rows` along the columns and writes the result, rounded to 0–255, to its place in `out`. */
function* blurColumns(
  rows: Uint16Array,
  width: number,
  region: Bounds,
  halves: readonly number[],
  out: Uint8Array,
): Generator<number, void, void> {
  const reach = sum(halves);
  for (let x = 0; x < region.width; x += stripColumns) {
    const columns = Math.min(stripColumns, region.width - x);
    const strip = copyStrip(rows, region.width, x, columns);
    const blur = stripBlur(columns, region.height, halves);
    for (const part of changedWindows(region.height, reach, (y) => rowsDiffer(strip, columns, y))) blur(strip, part);
    writeStrip(strip, columns, out, region.y * width + region.x + x, width);
    yield (x + columns) / region.width;
  }
}

function copyStrip(rows: Uint16Array, width: number, x: number, columns: number): Uint16Array {
  const height = rows.length / width;
  const strip = new Uint16Array(height * columns);
  for (let y = 0; y < height; y++) {
    const from = y * width + x;
    for (let i = 0; i < columns; i++) strip[y * columns + i] = rows[from + i]!;
  }
  return strip;
}

/** Whether a row differs from the one above it. */
function rowsDiffer(strip: Uint16Array, columns: number, y: number): boolean {
  const end = (y + 1) * columns;
  for (let i = y * columns; i < end; i++) if (strip[i] !== strip[i - columns]) return true;
  return false;
}

/** Writes samples of 256 × 0–255 as 0–255 to the rows of `out` that begin at `place`. */
function writeStrip(samples: Uint16Array, columns: number, out: Uint8Array, place: number, width: number): void {
  for (let from = 0, to = place; from < samples.length; from += columns, to += width) {
    for (let i = 0; i < columns; i++) out[to + i] = (samples[from + i]! + 128) >> 8;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, n) => total + n, 0);
}

/** Stretches the half of the ramp that lies on the wanted side to the whole range. */
function keepSide(direction: "inward" | "outward", source: Uint8Array, out: Uint8Array): void {
  for (let i = 0; i < out.length; i++) {
    const soft = 2 * out[i]!;
    out[i] =
      direction === "inward"
        ? Math.min(source[i]!, Math.max(0, soft - 255))
        : Math.max(source[i]!, Math.min(255, soft));
  }
}
