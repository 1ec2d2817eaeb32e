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
  const isOpen = (at: number): boolean => data[at] !== 0 && out[at] === 0;
  const pending = [y * width + x];
  let copied = 0;
  let reported = 0;
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (!isOpen(at)) continue;
    const run = openRun(at, width, isOpen);
    out.set(data.subarray(run.start, run.end), run.start);
    if (run.start >= width) addRuns(run.start - width, run.end - width, isOpen, pending);
    if (run.start < data.length - width) addRuns(run.start + width, run.end + width, isOpen, pending);
    copied += run.end - run.start;
    if (copied - reported < samplesPerStep) continue;
    reported = copied;
    yield copied / data.length;
  }
  return out;
}

const samplesPerStep = 2 ** 17;

type Test = (at: number) => boolean;

/** The longest run of open positions around one, within its row. */
function openRun(at: number, width: number, isOpen: Test): { readonly start: number; readonly end: number } {
  const row = at - (at % width);
  let start = at;
  let end = at + 1;
  while (start > row && isOpen(start - 1)) start -= 1;
  while (end < row + width && isOpen(end)) end += 1;
  return { start, end };
}

/** Adds the first position of each run of open ones between two positions. */
function addRuns(start: number, end: number, isOpen: Test, pending: number[]): void {
  for (let at = start; at < end; at++) {
    if (isOpen(at) && (at === start || !isOpen(at - 1))) pending.push(at);
  }
}
