import { columnUnits, integerSquareRoot, rowUnits, toRowUnits } from "./fixed-point.ts";
import { rasterError } from "./raster-error.ts";
import { scanConvert, type Canvas } from "./scan-convert.ts";

/** An upright ellipse. All lengths are pixels, rounded to 1/8 px; pixel (0, 0) spans 0–1 in both directions. */
export interface Ellipse {
  readonly centerX: number;
  readonly centerY: number;
  /** Half the width, ≥ 0. */
  readonly radiusX: number;
  /** Half the height, ≥ 0. */
  readonly radiusY: number;
}

/**
 * Draws an ellipse to a new mask of `width × height` samples: 255 inside, 0 outside, coverage at the edge.
 * Parts outside the canvas are cut off; an ellipse with a radius of 0 selects nothing.
 *
 * Throws `raster.bad-size`, `raster.bad-coordinate` (not within ±131,072 px), `raster.bad-radius` (negative).
 *
 * @example
 * const mask = rasterizeEllipse({ width: 640, height: 480 }, { centerX: 320, centerY: 240, radiusX: 100, radiusY: 60 });
 */
export function rasterizeEllipse(canvas: Canvas, ellipse: Ellipse): Uint8Array {
  const centerX = toColumnUnits(toRowUnits(ellipse.centerX));
  const centerY = toRowUnits(ellipse.centerY);
  const radiusX = toColumnUnits(toRadius(ellipse.radiusX));
  const radiusY = toRadius(ellipse.radiusY);
  return scanConvert(canvas, centerY - radiusY, centerY + radiusY, (y, add) => {
    const half = halfWidth(radiusX, radiusY, y - centerY);
    // Open at both ends, so that a pixel centre exactly on the outline is outside on the left as on the right.
    if (half > 0) add(centerX - half + (canvas.antialias === false ? 1 : 0), centerX + half);
  });
}

function toRadius(pixels: number): number {
  if (pixels < 0) throw rasterError("raster.bad-radius", `A radius of ${pixels} px is negative.`);
  return toRowUnits(pixels);
}

function toColumnUnits(position: number): number {
  return position * (columnUnits / rowUnits);
}

/** radiusX × √(1 − (dy / radiusY)²), with 5 more bits under the root; at most 2^51 on the way. */
function halfWidth(radiusX: number, radiusY: number, dy: number): number {
  const rest = radiusY * radiusY - dy * dy;
  if (rest <= 0) return 0;
  return Math.floor((radiusX * integerSquareRoot(rest * 1024)) / (radiusY * 32));
}
