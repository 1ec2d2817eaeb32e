import { integerSquareRoot, rowUnits } from "./fixed-point.ts";
import type { Point } from "./rasterize-polygon.ts";

/** The level of 0–255 at the centre of each pixel of a row. */
export type GradientRow = (y: number, out: Uint8Array) => void;

/**
 * A gradient that is 255 at `from` and 0 at `to` (1/8 px): along the line between them and the same across it, or by
 * the distance from `from`. Between two equal points there is nothing: all is 0.
 */
export function gradientRow(shape: "linear" | "radial", from: Point, to: Point): GradientRow {
  const [ax, ay] = [from[0] * 2, from[1] * 2];
  const [dx, dy] = [to[0] * 2 - ax, to[1] * 2 - ay];
  const length = dx * dx + dy * dy;
  if (length === 0) return (_y, out) => void out.fill(0);
  const half = Math.floor(length / 2);
  const radius = integerSquareRoot(length);
  const linear = (px: number, py: number): number => {
    const left = length - (dx * px + dy * py);
    return left >= length ? 255 : left <= 0 ? 0 : Math.floor((255 * left + half) / length);
  };
  const radial = (px: number, py: number): number => {
    const left = radius - integerSquareRoot(px * px + py * py);
    return left <= 0 ? 0 : Math.floor((255 * left + (radius >> 1)) / radius);
  };
  const levelAt = shape === "linear" ? linear : radial;
  return (y, out) => {
    const py = y * rowUnits + rowUnits / 2 - ay;
    for (let x = 0; x < out.length; x++) out[x] = levelAt(x * rowUnits + rowUnits / 2 - ax, py);
  };
}
