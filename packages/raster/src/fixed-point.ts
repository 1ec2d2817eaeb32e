import { rasterError } from "./raster-error.ts";

/**
 * Shapes are drawn in two fixed-point units: vertical positions in 1/16 px, horizontal ones in 1/256 px.
 * Coordinates are first rounded to 1/8 px, so they are even in 1/16 px, and sub-scanlines lie on the odd positions:
 * no sub-scanline ever passes through a corner.
 */
export const rowUnits = 16;
export const columnUnits = 256;

/** Coordinates and radii beyond this many pixels are refused; within it every product below stays under 2^53. */
export const coordinateLimit = 2 ** 17;

/** A coordinate in pixels, rounded to 1/8 px and returned in 1/16 px. Throws `raster.bad-coordinate`. */
export function toRowUnits(pixels: number): number {
  if (!(Math.abs(pixels) <= coordinateLimit)) {
    throw rasterError("raster.bad-coordinate", `A coordinate of ${pixels} px is not within ±${coordinateLimit} px.`);
  }
  return Math.floor(pixels * 8 + 0.5) * 2;
}

/** The largest integer whose square is at most `n`, for integers 0 ≤ n < 2^53. */
export function integerSquareRoot(n: number): number {
  let root = Math.floor(Math.sqrt(n));
  // ECMAScript leaves the last bit of `Math.sqrt` to the implementation.
  while (root * root > n) root -= 1;
  while ((root + 1) * (root + 1) <= n) root += 1;
  return root;
}
