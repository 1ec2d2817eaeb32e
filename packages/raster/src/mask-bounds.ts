import { checkSize } from "./raster-error.ts";

/** A rectangle of whole pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  /** ≥ 1. */
  readonly width: number;
  /** ≥ 1. */
  readonly height: number;
}

/**
 * The smallest rectangle that holds every sample above 0, or `undefined` when there is none.
 * Throws `raster.bad-size` when `data.length` is not `width × height`.
 */
export function maskBounds(data: Uint8Array, width: number, height: number): Bounds | undefined {
  checkSize(width, height, data.length);
  const first = firstSelected(data);
  if (first < 0) return undefined;
  const top = Math.floor(first / width);
  const bottom = Math.floor(lastSelected(data) / width);
  let left = first % width;
  let right = left;
  for (let y = top; y <= bottom; y++) {
    const row = y * width;
    for (let x = 0; x < left; x++) if (data[row + x] !== 0) left = x;
    for (let x = width - 1; x > right; x--) if (data[row + x] !== 0) right = x;
  }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Whether no sample is above 0. */
export function isEmptyMask(data: Uint8Array): boolean {
  return firstSelected(data) < 0;
}

// Plain loops: `findIndex` calls a function for each of millions of samples.
function firstSelected(data: Uint8Array): number {
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) return i;
  return -1;
}

function lastSelected(data: Uint8Array): number {
  let i = data.length - 1;
  while (i >= 0 && data[i] === 0) i -= 1;
  return i;
}
