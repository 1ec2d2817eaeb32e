import { keepConnectedSteps } from "./keep-connected.ts";
import { checkSize } from "./raster-error.ts";

/** Samples a step handles: a few milliseconds. */
const samplesPerStep = 2 ** 19;

/**
 * The area of a mask around a pixel, as a new mask of 0 and 255: everything that is connected with it (up, down, left and
 * right) and selected by less than half; where the pixel itself is selected by half or more, everything at most as much
 * as it. Soft edges around the area are climbed to their top, so that filling it leaves no seam.
 *
 * `start` is the pixel's column and row, inside the mask. Throws `raster.bad-size`. Yields its progress (0–1).
 */
export function* areaAroundSteps(
  data: Uint8Array,
  width: number,
  height: number,
  [x, y]: readonly [number, number],
): Generator<number, Uint8Array, void> {
  checkSize(width, height, data.length);
  const most = Math.max(127, data[y * width + x]!);
  const open = new Uint8Array(data.length);
  for (let i = 0; i < open.length; i++) {
    if (data[i]! <= most) open[i] = 255;
    if (i % samplesPerStep === 0) yield (i / open.length) * 0.3;
  }
  const area = yield* keepConnectedSteps(open, width, height, [x, y]);
  yield* climbSteps(data, width, area);
  return area;
}

/** Adds to an area what a path from it reaches on which every sample is above the one before. */
function* climbSteps(data: Uint8Array, width: number, area: Uint8Array): Generator<number, void, void> {
  const pending: number[] = [];
  const climb = (from: number): void => {
    const column = from % width;
    const reach = (to: number): void => {
      if (area[to] !== 0 || data[to]! <= data[from]!) return;
      area[to] = 255;
      pending.push(to);
    };
    if (column > 0) reach(from - 1);
    if (column < width - 1) reach(from + 1);
    if (from >= width) reach(from - width);
    if (from < data.length - width) reach(from + width);
  };
  for (let i = 0; i < area.length; i++) {
    if (area[i] !== 0) climb(i);
    if (i % samplesPerStep === 0) yield 0.9;
  }
  for (let at = pending.pop(), count = 0; at !== undefined; at = pending.pop()) {
    climb(at);
    if (++count % samplesPerStep === 0) yield 0.95;
  }
}
