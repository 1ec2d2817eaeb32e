import { coordinateLimit } from "./fixed-point.ts";
import type { Point } from "./rasterize-polygon.ts";

/** One stroke of a round brush, as data: what a workflow file keeps of a painted mask. */
export interface BrushStroke {
  /** A brush selects, an eraser takes the selection away. */
  readonly tool: "brush" | "eraser";
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
  /**
   * How hard a pen was pressed at each point, integers of 0–255; as many as points. The brush has its full size at 255
   * and is a pixel wide at 0, changing evenly between points.
   */
  readonly pressure?: readonly number[];
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

/** The points of a stroke from the picture's corner, in 1/8 px. */
export function decodePoints(steps: readonly Point[]): readonly Point[] {
  let [x, y] = [0, 0];
  return steps.map(([dx, dy]): Point => {
    [x, y] = [x + dx, y + dy];
    return [x, y];
  });
}
