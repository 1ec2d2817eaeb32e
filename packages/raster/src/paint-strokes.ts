import { brushProfile, type BrushProfile } from "./brush-profile.ts";
import { integerSquareRoot, rowUnits } from "./fixed-point.ts";
import type { Bounds } from "./mask-bounds.ts";
import { checkSize } from "./raster-error.ts";
import type { Point } from "./rasterize-polygon.ts";
import { runToEnd } from "./run-to-end.ts";
import { checkStroke, decodePoints, type Stroke } from "./stroke.ts";

/**
 * Paints strokes on a mask, one after the other, as a new mask.
 *
 * A pixel's weight w is the brush's at the distance between the pixel's centre and the stroke's way, times the opacity.
 * A brush gives sample + (255 − sample) × w, an eraser sample × (1 − w), each rounded to the nearest integer. A stroke
 * of one point is a dot; what lies outside the mask is cut off. The same strokes give the same bytes everywhere.
 *
 * Throws `raster.bad-size`, `raster.bad-stroke`.
 *
 * @example
 * const stroke = { tool: "brush", size: 24, hardness: 0.8, opacity: 1, points: encodePoints([[40, 40], [200, 90]]) };
 * const mask = paintStrokes(new Uint8Array(640 * 480), 640, 480, [stroke]);
 */
export function paintStrokes(data: Uint8Array, width: number, height: number, strokes: readonly Stroke[]): Uint8Array {
  return runToEnd(paintStrokesSteps(data, width, height, strokes));
}

/** The same as `paintStrokes` in steps of a few milliseconds: yields its progress (0–1), returns the new mask. */
export function* paintStrokesSteps(
  data: Uint8Array,
  width: number,
  height: number,
  strokes: readonly Stroke[],
): Generator<number, Uint8Array, void> {
  checkSize(width, height, data.length);
  for (const stroke of strokes) checkStroke(stroke);
  const out = data.slice();
  for (const [index, stroke] of strokes.entries()) {
    const points = decodePoints(stroke.points).map(([x, y]): Point => [x * 2, y * 2]);
    const profile = brushProfile(Math.floor(stroke.size * 8 + 0.5), stroke.hardness);
    const window = touched(points, profile.reach, width, height);
    if (window === undefined) continue;
    const squares = new Int32Array(window.width * window.height).fill(profile.reach * profile.reach);
    for (const part of measure(points, profile.reach, window, squares)) yield (index + part) / strokes.length;
    yield* lay(out, width, { stroke, profile, window, squares }, (index + 1) / strokes.length);
  }
  return out;
}

/** The pixels that a stroke can reach; positions in 1/16 px. `undefined` when it lies outside. */
function touched(points: readonly Point[], reach: number, width: number, height: number): Bounds | undefined {
  const first = points[0]!;
  let [left, top] = first;
  let [right, bottom] = first;
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const x = Math.max(0, Math.floor((left - reach) / rowUnits));
  const y = Math.max(0, Math.floor((top - reach) / rowUnits));
  const end = Math.min(width, Math.ceil((right + reach) / rowUnits));
  const last = Math.min(height, Math.ceil((bottom + reach) / rowUnits));
  return x < end && y < last ? { x, y, width: end - x, height: last - y } : undefined;
}

/** Distances a step measures: about a millisecond. */
const distancesPerStep = 2 ** 18;

/** Lowers `squares`, by pixel of the window, to the squared distance to the nearest part of the way, in 1/256 px². */
function* measure(
  points: readonly Point[],
  reach: number,
  window: Bounds,
  squares: Int32Array,
): Generator<number, void, void> {
  let measured = 0;
  for (let i = 0; i < points.length; i++) {
    const from = points[Math.max(0, i - 1)]!;
    const to = points[i]!;
    if (i === 0 && points.length > 1) continue;
    const top = Math.max(0, pixelAt(Math.min(from[1], to[1]) - reach) - window.y);
    const bottom = Math.min(window.height - 1, pixelAt(Math.max(from[1], to[1]) + reach) - window.y);
    for (let y = top; y <= bottom; y++) {
      measured += measureRow(from, to, reach, window, squares, y);
      if (measured < distancesPerStep) continue;
      measured = 0;
      yield i / points.length;
    }
  }
}

/** Measures the distances of one row to one straight part of the way, and says how many. */
function measureRow(
  [ax, ay]: Point,
  [bx, by]: Point,
  reach: number,
  window: Bounds,
  squares: Int32Array,
  y: number,
): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const py = (window.y + y) * rowUnits + rowUnits / 2;
  const beyond = Math.max(0, Math.min(ay, by) - py, py - Math.max(ay, by));
  if (beyond >= reach) return 0;
  const half = integerSquareRoot(reach * reach - beyond * beyond);
  const start = Math.max(0, pixelAt(Math.min(ax, bx) - half) - window.x);
  const end = Math.min(window.width, pixelAt(Math.max(ax, bx) + half) - window.x + 1);
  const row = y * window.width;
  for (let x = start; x < end; x++) {
    const px = (window.x + x) * rowUnits + rowUnits / 2;
    const along = dx * (px - ax) + dy * (py - ay);
    const square =
      along <= 0
        ? (px - ax) * (px - ax) + (py - ay) * (py - ay)
        : along >= length
          ? (px - bx) * (px - bx) + (py - by) * (py - by)
          : squareAside(dx * (py - ay) - dy * (px - ax), length);
    if (square < squares[row + x]!) squares[row + x] = square;
  }
  return Math.max(0, end - start);
}

// Products may exceed 2^53; multiplication and division of doubles round alike everywhere.
function squareAside(cross: number, length: number): number {
  return Math.floor((cross * cross) / length);
}

function pixelAt(position: number): number {
  return Math.floor(position / rowUnits);
}

interface MeasuredStroke {
  readonly stroke: Stroke;
  readonly profile: BrushProfile;
  readonly window: Bounds;
  readonly squares: Int32Array;
}

/** Applies a measured stroke to the mask, in place, in steps that yield `progress`. */
function* lay(
  out: Uint8Array,
  width: number,
  { stroke, profile, window, squares }: MeasuredStroke,
  progress: number,
): Generator<number, void, void> {
  const full = profile.reach * profile.reach;
  const opacity = Math.floor(stroke.opacity * 255 + 0.5);
  const target = stroke.tool === "brush" ? 255 : 0;
  const rowsPerStep = Math.ceil(distancesPerStep / window.width);
  for (let y = 0; y < window.height; y++) {
    const place = (window.y + y) * width + window.x;
    for (let x = 0; x < window.width; x++) {
      const square = squares[y * window.width + x]!;
      if (square >= full) continue;
      // 1/64 px: four times finer than the square's unit.
      const weight = Math.floor((profile.weights[integerSquareRoot(square * 16)]! * opacity + 127) / 255);
      const sample = out[place + x]!;
      out[place + x] = Math.floor((sample * (255 - weight) + target * weight + 127) / 255);
    }
    if (y % rowsPerStep === rowsPerStep - 1 || y === window.height - 1) yield progress;
  }
}
