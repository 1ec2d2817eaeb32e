import { checkSize } from "./raster-error.ts";
import { runToEnd } from "./run-to-end.ts";
import type { Point } from "./rasterize-polygon.ts";

/**
 * The part of a mask that is connected with one pixel, as a new mask: samples above 0 that a path of such samples
 * joins to it, going up, down, left and right, keep their value; all others become 0. A pixel that is not selected
 * gives an empty mask.
 *
 * `start` is the pixel's column and row, inside the mask. Throws `raster.bad-size`.
 *
 * @example
 * const sky = keepConnected(blue, 640, 480, [320, 0]);
 */
export function keepConnected(data: Uint8Array, width: number, height: number, start: Point): Uint8Array {
  return runToEnd(keepConnectedSteps(data, width, height, start));
}

/** The same as `keepConnected` in steps of a few milliseconds: yields its progress (0–1), returns the new mask. */
export function* keepConnectedSteps(
  data: Uint8Array,
  width: number,
  height: number,
  [x, y]: Point,
): Generator<number, Uint8Array, void> {
  checkSize(width, height, data.length);
  const out = new Uint8Array(data.length);
  const pending = [y * width + x];
  let copied = 0;
  let reported = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (data[at] === 0 || out[at] !== 0) continue;
    const row = at - (at % width);
    let start = at;
    let end = at + 1;
    while (start > row && data[start - 1] !== 0) start -= 1;
    while (end < row + width && data[end] !== 0) end += 1;
    for (let i = start; i < end; i++) out[i] = data[i]!;
    if (row > 0) addRuns(data, out, start - width, end - width, pending);
    if (row + width < data.length) addRuns(data, out, start + width, end + width, pending);
    copied += end - start;
    if (copied - reported < samplesPerStep) continue;
    reported = copied;
    yield copied / data.length;
  }
  return out;
}

const samplesPerStep = 2 ** 17;

// A run is copied as a whole or not at all, so of the samples beside each other none or all are in `out`.
/** Adds a position of each run of samples between two positions that is not in `out` yet. */
function addRuns(data: Uint8Array, out: Uint8Array, start: number, end: number, pending: number[]): void {
  for (let at = start; at < end; at++) {
    if (data[at] === 0) continue;
    if (out[at] === 0) pending.push(at);
    while (at < end && data[at] !== 0) at += 1;
  }
}
