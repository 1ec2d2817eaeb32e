import { columnUnits, rowUnits, toRowUnits } from "./fixed-point.ts";
import { rasterError } from "./raster-error.ts";
import { scanConvert, type Canvas } from "./scan-convert.ts";

/** An upright rectangle. All lengths are pixels, rounded to 1/8 px; pixel (0, 0) spans 0–1 in both directions. */
export interface Rectangle {
  /** The left side. */
  readonly x: number;
  /** The upper side. */
  readonly y: number;
  /** ≥ 0. */
  readonly width: number;
  /** ≥ 0. */
  readonly height: number;
}

/**
 * Draws a rectangle to a new mask of `canvas.width × canvas.height` samples: 255 inside, 0 outside, coverage at the
 * edge. Parts outside the canvas are cut off; a side of 0 selects nothing. Without anti-aliasing, rectangles that share
 * a side neither overlap nor leave a gap.
 *
 * Throws `raster.bad-size` (the canvas, or a negative side), `raster.bad-coordinate` (not within ±131,072 px).
 *
 * @example
 * const mask = rasterizeRectangle({ width: 640, height: 480 }, { x: 20, y: 10, width: 300, height: 200.5 });
 */
export function rasterizeRectangle(canvas: Canvas, rectangle: Rectangle): Uint8Array {
  const { x, y, width, height } = rectangle;
  if (width < 0 || height < 0) {
    throw rasterError("raster.bad-size", `A rectangle of ${width} × ${height} px has a negative side.`);
  }
  const left = toRowUnits(x) * (columnUnits / rowUnits);
  const right = toRowUnits(x + width) * (columnUnits / rowUnits);
  const top = toRowUnits(y);
  const bottom = toRowUnits(y + height);
  return scanConvert(canvas, top, bottom, (line, add) => {
    if (line >= top && line < bottom) add(left, right);
  });
}
