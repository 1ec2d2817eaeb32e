import { integerSquareRoot } from "./fixed-point.ts";
import { rasterError } from "./raster-error.ts";

/** The widest softening, in pixels. */
export const radiusLimit = 4096;

/**
 * The half widths h of three box blurs (each 2h + 1 wide) that stand for a Gaussian of σ = radius / 2.
 *
 * From P. Kovesi, "Fast Almost-Gaussian Filtering" (DICTA 2010), with n = 3 boxes: the ideal width is
 * √(12σ²/n + 1) = √(radius² + 1), so the boxes get the odd widths on both sides of it. That is three times `radius`
 * when it is odd, and `radius − 1`, `radius + 1`, `radius + 1` when it is even. The variance is then (radius² − 1)/4
 * or radius²/4 + radius/6. A radius of 1, which would be three boxes of one pixel, gets one box of three.
 *
 * Throws `raster.bad-radius` unless the radius is an integer of 0–4096.
 */
export function boxHalves(radius: number): readonly [number, number, number] {
  if (!Number.isInteger(radius) || radius < 0 || radius > radiusLimit) {
    throw rasterError("raster.bad-radius", `A feather radius of ${radius} px is not an integer of 0–${radiusLimit}.`);
  }
  if (radius <= 1) return [0, 0, radius];
  const lower = (integerSquareRoot(radius * radius + 1) - 1) >> 1;
  const upper = radius >> 1;
  return [lower, upper, upper];
}

/**
 * How far a feathered edge reaches, in pixels: samples further than this (in x or in y) from every selected one stay 0.
 * About 1.5 × radius.
 */
export function featherReach(radius: number): number {
  const [a, b, c] = boxHalves(radius);
  return a + b + c;
}
