import { depthMap } from "./depth-map.ts";
import type { PatchGrid } from "./patch-grid.ts";
import { patchDistance, type PatchShape } from "./patch-distance.ts";
import type { Picture } from "./picture.ts";
import type { Random } from "./random.ts";

/** For each target patch the source patch that looks most like it, as far as is known. */
export interface Field {
  readonly picture: Picture;
  readonly grid: PatchGrid;
  readonly shape: PatchShape;
  /** By place: the place of the source; −1 where there is no target. */
  readonly source: Int32Array;
  /** By place: their distance. */
  readonly distance: Int32Array;
  /** By pixel: how deep it lies in the hole. */
  readonly depth: Uint16Array;
}

/** A field in which every target has a random source and no distance is known. */
export function randomField(picture: Picture, grid: PatchGrid, random: Random): Field {
  const source = new Int32Array(picture.width * picture.height).fill(-1);
  for (const target of grid.targets) source[target] = grid.sources[random.below(grid.sources.length)]!;
  const { channels, width } = picture;
  const shape = { rows: grid.size, rowSamples: grid.size * channels, strideSamples: width * channels };
  return { picture, grid, shape, source, distance: new Int32Array(source.length), depth: depthMap(picture) };
}

/** Measures the distances of the targets from `start` to `end` of the grid's list, after the picture has changed. */
export function measure({ picture, grid, shape, source, distance }: Field, start: number, end: number): void {
  const { channels, data } = picture;
  for (let i = start; i < end; i++) {
    const target = grid.targets[i]!;
    distance[target] = patchDistance(data, shape, target * channels, source[target]! * channels, Infinity);
  }
}

/**
 * Takes over the offsets of a field of half the size. A target whose doubled offset does not lead to a source keeps
 * what it has.
 */
export function takeOffsets(field: Field, coarse: Field): void {
  const { grid, source } = field;
  for (const target of grid.targets) {
    const offset = coarseOffset(coarse, target % grid.stride, Math.floor(target / grid.stride), grid.size);
    if (offset === undefined) continue;
    const x = (target % grid.stride) + 2 * offset.x;
    const y = Math.floor(target / grid.stride) + 2 * offset.y;
    if (x < 0 || y < 0 || x >= grid.columns || y >= grid.rows) continue;
    const candidate = y * grid.stride + x;
    if (grid.isSource[candidate] === 1) source[target] = candidate;
  }
}

/** The offset of the coarse patch whose centre is nearest to that of the fine patch at (x, y). */
function coarseOffset({ grid, source }: Field, x: number, y: number, fineSize: number) {
  const coarseX = nearestPlace(x, fineSize, grid.size, grid.columns);
  const coarseY = nearestPlace(y, fineSize, grid.size, grid.rows);
  const place = coarseY * grid.stride + coarseX;
  const found = source[place]!;
  if (found < 0) return undefined;
  return { x: (found % grid.stride) - coarseX, y: Math.floor(found / grid.stride) - coarseY };
}

function nearestPlace(place: number, fineSize: number, coarseSize: number, count: number): number {
  const centre = (place + (fineSize >> 1)) >> 1;
  return Math.min(count - 1, Math.max(0, centre - (coarseSize >> 1)));
}
