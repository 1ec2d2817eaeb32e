import { measure, randomField, takeOffsets, type Field } from "./field.ts";
import { fillError } from "./fill-error.ts";
import { onionInit } from "./onion-init.ts";
import { patchGrid, type PatchGrid } from "./patch-grid.ts";
import { halve, type Picture } from "./picture.ts";
import { seededRandom, type Random } from "./random.ts";
import { search } from "./search.ts";
import { vote } from "./vote.ts";

export const P = { em: [2, 3, 4, 6, 8, 10], pass: 2 };

/** Side of a patch, pixels. */
const patchSize = 7;

/** The picture is halved while its shorter side keeps at least this many pixels, */
const leastSide = 20;

/** … the hole this many pixels, */
const leastHole = 12;

/** … and this many sources are left. */
const leastSources = 200;

/** Targets a step searches for: a few milliseconds. */
const targetsPerStep = 4096;

/** How far a fill is. */
export interface FillProgress {
  readonly done: number;
  readonly total: number;
}

interface Level {
  readonly picture: Picture;
  readonly grid: PatchGrid;
}

/**
 * Paints the hole of a picture in place, in steps of a few milliseconds. Throws `fill.no-source` when all is hole.
 *
 * The coarsest level starts from its onion rings, every finer one from the offsets of the level before. Each round
 * on a level searches for better sources and then lets them vote, which moves the picture towards one in which every
 * patch occurs in the surroundings.
 */
export function* fillSteps(picture: Picture, seed: number): Generator<FillProgress, void, void> {
  const random = seededRandom(seed);
  const levels = pyramid(picture);
  const total = levels.reduce((sum, level, depth) => sum + work(level, depth), 0);
  let done = 0;
  let coarse: Field | undefined;
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    const field = startField(levels[depth]!, coarse, random);
    for (let round = 0; round < rounds(depth); round++) {
      measure(field);
      for (const searched of improve(field, random)) yield { done: (done += searched), total };
      vote(field);
    }
    coarse = field;
  }
}

function pyramid(picture: Picture): readonly Level[] {
  const grid = patchGrid(picture, patchSize);
  if (grid === undefined)
    throw fillError("fill.no-source", "The whole image is masked: nothing is left to fill it from.");
  const levels: Level[] = [{ picture, grid }];
  for (let next = coarser(picture); next !== undefined; next = coarser(next.picture)) levels.push(next);
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

function startField({ picture, grid }: Level, coarse: Field | undefined, random: Random): Field {
  const field = randomField(picture, grid, random);
  if (coarse === undefined) {
    onionInit(field, random);
  } else {
    takeOffsets(field, coarse);
    vote(field);
  }
  return field;
}

/** The passes of one round, in steps; yields how many targets were searched for. */
function* improve(field: Field, random: Random): Generator<number, void, void> {
  const count = field.grid.targets.length;
  const radius = Math.max(field.grid.columns, field.grid.rows);
  for (let pass = 0; pass < P.pass; pass++) {
    const forward = pass % 2 === 0;
    for (let searched = 0; searched < count; searched += targetsPerStep) {
      const size = Math.min(targetsPerStep, count - searched);
      const start = forward ? searched : count - searched - size;
      search(field, { start, end: start + size, forward, radius }, random);
      yield size;
    }
  }
}

function rounds(depth: number): number {
  return P.em[Math.min(depth, P.em.length - 1)]!;
}

function work({ grid }: Level, depth: number): number {
  return grid.targets.length * rounds(depth) * P.pass;
}
