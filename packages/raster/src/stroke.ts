import { coordinateLimit } from "./fixed-point.ts";
import { rasterError } from "./raster-error.ts";
import type { Point } from "./rasterize-polygon.ts";

/** `brush` selects, `eraser` takes the selection away. */
export type BrushTool = "brush" | "eraser";

/** One stroke of a round brush, as data: what a workflow file keeps of a painted mask. */
export interface Stroke {
  readonly tool: BrushTool;
  /** The brush's diameter in pixels, 1–4096, rounded to 1/8 px. */
  readonly size: number;
  /** 0–1: 1 = full up to the edge, 0 = fading from the centre on. */
  readonly hardness: number;
  /** 0–1: how much the stroke selects or takes away. It does not add up where a stroke crosses itself. */
  readonly opacity: number;
  /**
   * The way of the brush's centre as integers in 1/8 px: the first point from the picture's top left corner, every
   * other one from the point before it. At least one.
   */
  readonly points: readonly Point[];
}

/** The bounds of a stroke's numbers. */
export const strokeLimits = {
  /** Pixels. */
  minSize: 1,
  /** Pixels. */
  maxSize: 4096,
  /** How far a point may be from the one before it, or the first from the corner, in 1/8 px. */
  maxStep: 2 * coordinateLimit * 8,
} as const;

/**
 * A way in pixels as a stroke keeps it: rounded to 1/8 px, steps that do not move left out.
 *
 * @example
 * encodePoints([[10, 20], [10.5, 19.75]]); // [[80, 160], [4, -2]]
 */
export function encodePoints(points: readonly Point[]): readonly Point[] {
  const steps: Point[] = [];
  let [lastX, lastY] = [0, 0];
  for (const [pixelX, pixelY] of points) {
    const x = Math.floor(pixelX * 8 + 0.5);
    const y = Math.floor(pixelY * 8 + 0.5);
    if (steps.length > 0 && x === lastX && y === lastY) continue;
    steps.push([x - lastX, y - lastY]);
    [lastX, lastY] = [x, y];
  }
  return steps;
}

/** The points of a stroke from the picture's corner, in 1/8 px. Throws `raster.bad-stroke` for a point that is no integer or too far away. */
export function decodePoints(steps: readonly Point[]): readonly Point[] {
  let [x, y] = [0, 0];
  return steps.map(([dx, dy]): Point => {
    [x, y] = [x + dx, y + dy];
    const limit = coordinateLimit * 8;
    if (!Number.isInteger(x) || !Number.isInteger(y) || Math.abs(x) > limit || Math.abs(y) > limit) {
      throw badStroke(`a point (${x / 8}, ${y / 8}) is not within ±${coordinateLimit} px in steps of 1/8 px`);
    }
    return [x, y];
  });
}

/** Throws `raster.bad-stroke` unless size, hardness and opacity are within their ranges and there is a point. */
export function checkStroke({ size, hardness, opacity, points }: Stroke): void {
  if (!(size >= strokeLimits.minSize && size <= strokeLimits.maxSize)) {
    throw badStroke(`a size of ${size} px is not within ${strokeLimits.minSize}–${strokeLimits.maxSize}`);
  }
  if (!(hardness >= 0 && hardness <= 1)) throw badStroke(`a hardness of ${hardness} is not within 0–1`);
  if (!(opacity >= 0 && opacity <= 1)) throw badStroke(`an opacity of ${opacity} is not within 0–1`);
  if (points.length === 0) throw badStroke("it has no point");
}

function badStroke(why: string): Error {
  return rasterError("raster.bad-stroke", `The stroke cannot be painted: ${why}.`);
}
