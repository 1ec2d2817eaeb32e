import { patchGrid, type PatchGrid } from "./patch-grid.ts";
import { halve, type Picture } from "./picture.ts";
import { withTexture } from "./texture.ts";

/** The picture at one size with its patches. */
export interface Level {
  readonly picture: Picture;
  readonly grid: PatchGrid;
}

/** Side of a patch, pixels. */
const patchSize = 7;

/** The picture is halved while its shorter side keeps at least this many pixels, */
const leastSide = 20;

/** … the hole this many pixels, */
const leastHole = 12;

/** … and this many sources are left. */
const leastSources = 200;

/**
 * The picture and ever smaller versions of it, the full size first; `undefined` when the picture is all hole.
 * The full size shares its samples with `picture`; the smaller ones carry two channels of texture.
 * Yields 0 between its steps.
 */
export function* pyramid(picture: Picture): Generator<number, readonly Level[] | undefined, void> {
  const grid = patchGrid(picture, patchSize);
  if (grid === undefined) return undefined;
  const levels: Level[] = [{ picture, grid }];
  yield 0;
  let fine = withTexture(picture);
  yield 0;
  for (let next = coarser(fine); next !== undefined; next = coarser(fine)) {
    levels.push(next);
    fine = next.picture;
    yield 0;
  }
  return levels;
}

/** The level of half the size, unless too little would be left on it. */
function coarser(picture: Picture): Level | undefined {
  if (Math.min(picture.width, picture.height) < 2 * leastSide) return undefined;
  const half = halve(picture);
  const grid = patchGrid(half, patchSize);
  if (grid === undefined || grid.size < patchSize || grid.sources.length < leastSources) return undefined;
  const holePixels = half.hole.reduce((sum, sample) => sum + sample, 0);
  return holePixels < leastHole ? undefined : { picture: half, grid };
}
