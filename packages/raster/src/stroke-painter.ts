import { brushProfile, type BrushProfile } from "./brush-profile.ts";
import { integerSquareRoot, rowUnits } from "./fixed-point.ts";
import type { Bounds } from "./mask-bounds.ts";
import type { Point } from "./rasterize-polygon.ts";
import { runToEnd } from "./run-to-end.ts";
import type { BrushStroke } from "./stroke.ts";

/** A mask that is drawn on in place: one sample a pixel, 255 = selected. */
export interface MaskCanvas {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A brush without a way. */
export type Brush = Pick<BrushStroke, "tool" | "size" | "hardness" | "opacity">;

/** A part of the mask that a stroke has touched. */
export interface TouchedTile extends Bounds {
  /** The tile's samples before the stroke, row by row. */
  readonly before: Uint8Array;
}

/** One stroke in the making: its way may come in pieces, as a hand draws, and the mask is right after each. */
export interface StrokePainter {
  /**
   * Goes on along points in 1/8 px from the mask's corner, the first one joined to the last one before; `pressure`
   * (0–255 each) has as many entries. Returns the part of the mask that may have changed.
   */
  extend(points: readonly Point[], pressure?: readonly number[]): Bounds | undefined;
  /** The same in steps of a few milliseconds, which yield their progress (0–1). */
  extendSteps(points: readonly Point[], pressure?: readonly number[]): Generator<number, Bounds | undefined, void>;
  /** What was touched up to now. */
  tiles(): readonly TouchedTile[];
  /** Puts back what was there before the stroke. */
  cancel(): void;
}

/** Tiles have this many pixels a side: what a short piece of a stroke touches stays in the cache. */
const tileSide = 256;
/** Distances a step measures: about a millisecond. */
const distancesPerStep = 2 ** 18;
const tilesPerStep = 8;

interface Tile extends TouchedTile {
  /** How much the stroke covers each pixel, opacity left out. */
  readonly weights: Uint8Array;
}

/** A straight piece of the way in 1/16 px; `shiftA` and `shiftB` by how much the brush is smaller there, in 1/64 px. */
interface Piece {
  readonly ax: number;
  readonly ay: number;
  readonly bx: number;
  readonly by: number;
  readonly shiftA: number;
  readonly shiftB: number;
}

/**
 * Starts a stroke on a mask. A pixel's weight w is the brush's at the distance between the pixel's centre and the
 * stroke's way, times the opacity. A brush gives sample + (255 − sample) × w, an eraser sample × (1 − w), each rounded
 * to the nearest integer; where the stroke crosses itself the larger weight counts. In how many pieces the way comes
 * changes nothing.
 *
 * Holds two bytes for each pixel of the tiles of 256² that were touched, so the memory grows with the stroke.
 *
 * @example
 * const painter = startStroke(mask, { tool: "brush", size: 24, hardness: 0.8, opacity: 1 });
 * painter.extend([[320, 320]]);
 * painter.extend([[400, 352], [480, 384]]);
 */
export function startStroke(canvas: MaskCanvas, brush: Brush): StrokePainter {
  const radius = Math.floor(brush.size * 8 + 0.5);
  const profile = measuredProfile(radius, brush.hardness);
  const blend = blendTable(brush);
  const tiles = new Map<number, Tile>();
  let last: { readonly point: Point; readonly shift: number } | undefined;

  const tileAt = (column: number, row: number): Tile => {
    const key = row * 2 ** 16 + column;
    const tile = tiles.get(key) ?? newTile(canvas, column, row);
    tiles.set(key, tile);
    return tile;
  };

  function* extendSteps(points: readonly Point[], pressure?: readonly number[]) {
    let changed: Bounds | undefined;
    for (const [index, [x, y]] of points.entries()) {
      const point: Point = [x * 2, y * 2];
      const shift = pressure ? shiftAt(radius, pressure[index] ?? 255) : 0;
      const from = last ?? { point, shift };
      last = { point, shift };
      const [ax, ay] = from.point;
      const piece = { ax, ay, bx: point[0], by: point[1], shiftA: from.shift, shiftB: shift };
      const touched = reachOf(piece, profile.reach, canvas);
      if (!touched) continue;
      changed = changed ? unite(changed, touched) : touched;
      for (const measured of measurePiece(piece, profile, touched, tileAt))
        if (measured > 0) yield index / points.length;
    }
    if (!changed) return undefined;
    for (const [index, tile] of tilesIn(changed, tiles).entries()) {
      lay(canvas, tile, changed, blend);
      if (index % tilesPerStep === tilesPerStep - 1) yield 1;
    }
    return changed;
  }

  return {
    extend: (points, pressure) => runToEnd(extendSteps(points, pressure)),
    extendSteps,
    tiles: () => [...tiles.values()],
    cancel: () => {
      for (const tile of tiles.values()) putTile(canvas, tile, tile.before);
    },
  };
}

/** Writes a tile's samples to their place. */
export function putTile({ width, data }: MaskCanvas, tile: Bounds, samples: Uint8Array): void {
  for (let y = 0; y < tile.height; y++)
    data.set(samples.subarray(y * tile.width, (y + 1) * tile.width), (tile.y + y) * width + tile.x);
}

/** A copy of the samples of a part of a mask, row by row. */
export function takeTile({ width, data }: MaskCanvas, { x, y, width: columns, height: rows }: Bounds): Uint8Array {
  const out = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const start = (y + row) * width + x;
    out.set(data.subarray(start, start + columns), row * columns);
  }
  return out;
}

function newTile(canvas: MaskCanvas, column: number, row: number): Tile {
  const x = column * tileSide;
  const y = row * tileSide;
  const width = Math.min(tileSide, canvas.width - x);
  const height = Math.min(tileSide, canvas.height - y);
  const bounds = { x, y, width, height };
  return { ...bounds, before: takeTile(canvas, bounds), weights: new Uint8Array(width * height) };
}

/** By how much a brush is smaller where it is pressed less, in 1/64 px; at least a pixel stays. */
function shiftAt(radius: number, pressure: number): number {
  const least = Math.min(radius, rowUnits / 2);
  return Math.floor(((radius - least) * 4 * (255 - pressure) + 127) / 255);
}

interface MeasuredProfile extends BrushProfile {
  /** Up to this squared distance, in 1/256 px², the weight is 255. */
  readonly solid: number;
}

function measuredProfile(radius: number, hardness: number): MeasuredProfile {
  const profile = brushProfile(radius, hardness);
  let full = -1;
  while (full + 1 < profile.weights.length && profile.weights[full + 1] === 255) full += 1;
  return { ...profile, solid: Math.ceil((full + 1) ** 2 / 16) - 1 };
}

/** The pixels of the mask that a piece can reach. `undefined` when it lies outside. */
function reachOf({ ax, ay, bx, by }: Piece, reach: number, { width, height }: MaskCanvas): Bounds | undefined {
  const x = Math.max(0, pixelAt(Math.min(ax, bx) - reach));
  const y = Math.max(0, pixelAt(Math.min(ay, by) - reach));
  const end = Math.min(width, Math.ceil((Math.max(ax, bx) + reach) / rowUnits));
  const last = Math.min(height, Math.ceil((Math.max(ay, by) + reach) / rowUnits));
  return x < end && y < last ? { x, y, width: end - x, height: last - y } : undefined;
}

function unite(a: Bounds, b: Bounds): Bounds {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const right = Math.max(a.x + a.width, b.x + b.width);
  const bottom = Math.max(a.y + a.height, b.y + b.height);
  return { x, y, width: right - x, height: bottom - y };
}

function tilesIn({ x, y, width, height }: Bounds, tiles: ReadonlyMap<number, Tile>): Tile[] {
  return [...tiles.values()].filter(
    (tile) => tile.x < x + width && tile.x + tile.width > x && tile.y < y + height && tile.y + tile.height > y,
  );
}

/** Raises the weights of the tiles around a piece, row by row of tiles. Yields after much work, and 0 otherwise. */
function* measurePiece(
  piece: Piece,
  profile: MeasuredProfile,
  touched: Bounds,
  tileAt: (column: number, row: number) => Tile,
): Generator<number, void, void> {
  let measured = 0;
  const bottom = touched.y + touched.height - 1;
  for (let y = touched.y; y <= bottom; y++) {
    const span = spanOfRow(piece, profile.reach, y, touched);
    if (!span) continue;
    const row = Math.floor(y / tileSide);
    const last = Math.floor((span.end - 1) / tileSide);
    for (let column = Math.floor(span.start / tileSide); column <= last; column++) {
      const tile = tileAt(column, row);
      const start = Math.max(span.start, tile.x);
      const end = Math.min(span.end, tile.x + tile.width);
      measureRow(piece, profile, tile, { y, start, end });
    }
    measured += span.end - span.start;
    if (measured < distancesPerStep) continue;
    yield measured;
    measured = 0;
  }
}

interface RowSpan {
  readonly start: number;
  readonly end: number;
}

/** The columns of a row that a piece may reach: those beside the part of it that is near enough in height. */
function spanOfRow({ ax, ay, bx, by }: Piece, reach: number, y: number, touched: Bounds): RowSpan | undefined {
  const py = y * rowUnits + rowUnits / 2;
  const beyond = Math.max(0, Math.min(ay, by) - py, py - Math.max(ay, by));
  if (beyond >= reach) return undefined;
  let [left, right] = [Math.min(ax, bx), Math.max(ax, bx)];
  const dy = by - ay;
  if (Math.abs(dy) > 2 * reach) {
    // Of a long way only the part between these two heights is near; a pixel is added for rounding.
    const one = ax + ((bx - ax) * (py - reach - ay)) / dy;
    const other = ax + ((bx - ax) * (py + reach - ay)) / dy;
    left = Math.max(left, Math.floor(Math.min(one, other)) - rowUnits);
    right = Math.min(right, Math.ceil(Math.max(one, other)) + rowUnits);
  }
  const start = Math.max(touched.x, pixelAt(left - reach));
  const end = Math.min(touched.x + touched.width, pixelAt(right + reach) + 1);
  return start < end ? { start, end } : undefined;
}

function measureRow(
  { ax, ay, bx, by, shiftA, shiftB }: Piece,
  { reach, solid, weights }: MeasuredProfile,
  tile: Tile,
  { y, start, end }: RowSpan & { readonly y: number },
): void {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const py = y * rowUnits + rowUnits / 2;
  const full = reach * reach;
  const isShifted = shiftA !== 0 || shiftB !== 0;
  const out = tile.weights;
  let at = (y - tile.y) * tile.width + (start - tile.x);
  for (let x = start; x < end; x++, at++) {
    const known = out[at]!;
    if (known === 255) continue;
    const px = x * rowUnits + rowUnits / 2;
    const along = dx * (px - ax) + dy * (py - ay);
    const square =
      along <= 0
        ? (px - ax) * (px - ax) + (py - ay) * (py - ay)
        : along >= length
          ? (px - bx) * (px - bx) + (py - by) * (py - by)
          : squareAside(dx * (py - ay) - dy * (px - ax), length);
    if (square >= full) continue;
    if (!isShifted) {
      // 1/64 px: four times finer than the square's unit.
      const weight = square <= solid ? 255 : weights[integerSquareRoot(square * 16)]!;
      if (weight > known) out[at] = weight;
      continue;
    }
    const shift = shiftA + shiftAlong(shiftB - shiftA, along, length);
    const distance = integerSquareRoot(square * 16) + shift;
    if (distance < weights.length && weights[distance]! > known) out[at] = weights[distance]!;
  }
}

// Products may exceed 2^53; multiplication and division of doubles round alike everywhere.
function squareAside(cross: number, length: number): number {
  return Math.floor((cross * cross) / length);
}

function shiftAlong(difference: number, along: number, length: number): number {
  if (along <= 0) return 0;
  return along >= length ? difference : Math.floor((difference * along) / length);
}

function pixelAt(position: number): number {
  return Math.floor(position / rowUnits);
}

/** What a brush's weight of 0–255 becomes with its opacity, and what it draws towards. */
function blendTable({ tool, opacity }: Brush): { readonly weights: Uint8Array; readonly target: number } {
  const full = Math.floor(opacity * 255 + 0.5);
  const weights = Uint8Array.from({ length: 256 }, (_, weight) => Math.floor((weight * full + 127) / 255));
  return { weights, target: tool === "brush" ? 255 : 0 };
}

/** Applies a tile's weights to the mask within `part`, from what was there before the stroke. */
function lay(canvas: MaskCanvas, tile: Tile, part: Bounds, blend: ReturnType<typeof blendTable>): void {
  const left = Math.max(part.x, tile.x);
  const right = Math.min(part.x + part.width, tile.x + tile.width);
  const bottom = Math.min(part.y + part.height, tile.y + tile.height);
  const { data, width } = canvas;
  for (let y = Math.max(part.y, tile.y); y < bottom; y++) {
    let at = (y - tile.y) * tile.width + left - tile.x;
    for (let to = y * width + left; to < y * width + right; to++, at++) {
      const covered = tile.weights[at]!;
      if (covered === 0) continue;
      const weight = blend.weights[covered]!;
      if (weight === 255) {
        data[to] = blend.target;
        continue;
      }
      data[to] = Math.floor((tile.before[at]! * (255 - weight) + blend.target * weight + 127) / 255);
    }
  }
}
