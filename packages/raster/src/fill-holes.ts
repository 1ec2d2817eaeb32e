import { checkSize } from "./raster-error.ts";
import { runToEnd } from "./run-to-end.ts";

/**
 * Selects what a selection encloses, as a new mask. A hole is what no path from the mask's border reaches without
 * crossing the selection, where paths go up, down, left and right: an outline of pixels that touch at their corners
 * is closed.
 *
 * Soft samples are heights: each sample becomes the lowest level over which a path leads from it to the border. A hole
 * in a ring of 255 with soft edges becomes 255; a hole in a ring whose weakest place is 90 becomes 90. No sample becomes
 * smaller.
 *
 * Throws `raster.bad-size`.
 *
 * @example
 * const solid = fillHoles(outline, 640, 480);
 */
export function fillHoles(data: Uint8Array, width: number, height: number): Uint8Array {
  return runToEnd(fillHolesSteps(data, width, height));
}

/**
 * The same as `fillHoles` in steps of a few milliseconds: yields its progress (0–1), returns the new mask.
 *
 * Floods from the border in the order of the levels, each sample once, with one stack for each of the 256 levels:
 * R. Barnes, C. Lehman, D. Mulla, "Priority-flood" (2014).
 */
export function* fillHolesSteps(data: Uint8Array, width: number, height: number): Generator<number, Uint8Array, void> {
  checkSize(width, height, data.length);
  const out = new Uint8Array(data.length);
  const waiting = levelStacks(data.length);
  const reach = (at: number, level: number): void => {
    if (waiting.has(at)) return;
    out[at] = Math.max(level, data[at]!);
    waiting.push(at, out[at]!);
  };
  for (const at of borderOf(width, height)) reach(at, 0);
  let count = 0;
  for (let level = 0; level < 256; level++) {
    for (let at = waiting.pop(level); at >= 0; at = waiting.pop(level)) {
      const x = at % width;
      if (x > 0) reach(at - 1, level);
      if (x < width - 1) reach(at + 1, level);
      if (at >= width) reach(at - width, level);
      if (at < data.length - width) reach(at + width, level);
      count += 1;
      if (count % samplesPerStep === 0) yield count / data.length;
    }
  }
  return out;
}

const samplesPerStep = 2 ** 17;

function* borderOf(width: number, height: number): Generator<number, void, void> {
  const last = (height - 1) * width;
  for (let x = 0; x < width; x++) {
    yield x;
    yield last + x;
  }
  for (let y = 0; y <= last; y += width) {
    yield y;
    yield y + width - 1;
  }
}

/**
 * A stack of positions for each level. A position is pushed once in its life. Links are positions + 2, so that the
 * zeros of a new array, which cost nothing, mean that a position was never pushed.
 */
function levelStacks(size: number) {
  const tops = new Int32Array(256).fill(bottom);
  const below = new Int32Array(size);
  return {
    /** Whether a position was ever pushed. */
    has: (at: number): boolean => below[at] !== 0,
    push(at: number, level: number): void {
      below[at] = tops[level]!;
      tops[level] = at + 2;
    },
    /** Takes a position from a level's stack, −1 when it is empty. */
    pop(level: number): number {
      const top = tops[level]!;
      if (top === bottom) return -1;
      tops[level] = below[top - 2]!;
      return top - 2;
    },
  };
}

const bottom = 1;
