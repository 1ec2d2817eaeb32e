import { measure, randomField, takeOffsets, type Field } from "./field.ts";
import { hideSeam } from "./hide-seam.ts";
import { onionInit } from "./onion-init.ts";
import type { PatchGrid } from "./patch-grid.ts";
import type { Level } from "./pyramid.ts";
import type { Random } from "./random.ts";
import { search } from "./search.ts";
import { vote, type Votes } from "./vote.ts";

/** Passes of search in a round: one in each direction. */
const passes = 2;

/** Targets a step searches for: a few milliseconds. */
const targetsPerStep = 4096;

/**
 * Paints the holes of all levels in place, the coarsest first, in steps; yields the work of each, in searches.
 *
 * The coarsest level starts from its onion rings, every finer one from the offsets of the level before. Each round
 * on a level searches for better sources and then lets them vote, which moves the picture towards one in which every
 * patch occurs in the surroundings.
 */
export function* paint(levels: readonly Level[], random: Random): Generator<number, void, void> {
  let coarse: Field | undefined;
  for (let depth = levels.length - 1; depth >= 0; depth--) {
    const field = yield* startField(levels[depth]!, coarse, random);
    const votes = yield* refine(field, depth, random);
    if (depth === 0) yield* hideSeam(field.picture, votes);
    coarse = field;
  }
}

/** All the work that `paint` will yield. */
export function totalWork(levels: readonly Level[]): number {
  return levels.reduce((sum, { grid }, depth) => sum + grid.targets.length * rounds(depth) * passes, 0);
}

function* startField(level: Level, coarse: Field | undefined, random: Random): Generator<number, Field, void> {
  const field = randomField(level.picture, level.grid, random);
  if (coarse === undefined) {
    yield* onionInit(field, random);
  } else {
    takeOffsets(field, coarse);
    yield* vote(field);
  }
  return field;
}

function* refine(field: Field, depth: number, random: Random): Generator<number, Votes, void> {
  for (let round = 1; round < rounds(depth); round++) {
    yield* improve(field, depth, random);
    yield* vote(field);
  }
  yield* improve(field, depth, random);
  return yield* vote(field);
}

/** The passes of one round; the first measures the distances, which the last vote has changed, as it goes. */
function* improve(field: Field, depth: number, random: Random): Generator<number, void, void> {
  const count = field.grid.targets.length;
  const radius = searchRadius(field.grid, depth);
  for (let pass = 0; pass < passes; pass++) {
    const forward = pass % 2 === 0;
    for (let searched = 0; searched < count; searched += targetsPerStep) {
      const size = Math.min(targetsPerStep, count - searched);
      const start = forward ? searched : count - searched - size;
      if (pass === 0) measure(field, start, start + size);
      search(field, { start, end: start + size, forward, radius }, random);
      yield size;
    }
  }
}

// Coarse levels decide what goes where and cost little; fine levels only have to follow.

function rounds(depth: number): number {
  return Math.min(16, 2 ** depth);
}

function searchRadius(grid: PatchGrid, depth: number): number {
  return Math.min(4 ** (depth + 1), Math.max(grid.columns, grid.rows));
}
