import type { Field } from "./field.ts";
import { patchDistance } from "./patch-distance.ts";
import type { Random } from "./random.ts";

/**
 * One pass of PatchMatch over the targets from `start` to `end` of the grid's list: propagation, then random search
 * (C. Barnes et al., "PatchMatch", SIGGRAPH 2009). `forward` passes take good sources over from the left and above,
 * the others, from the end of the list to its start, from the right and below.
 */
export interface SearchPass {
  readonly start: number;
  readonly end: number;
  readonly forward: boolean;
  /** The first search radius in places; it is halved down to 1. */
  readonly radius: number;
}

/** Improves the field in place. */
export function search(field: Field, pass: SearchPass, random: Random): void {
  const { targets, stride } = field.grid;
  const step = pass.forward ? 1 : -1;
  for (let i = pass.start; i < pass.end; i++) {
    const target = targets[pass.forward ? i : pass.start + pass.end - 1 - i]!;
    propagate(field, target, step);
    propagate(field, target, step * stride);
    searchAround(field, target, pass.radius, random);
  }
}

/** Tries the neighbour's source, moved as the target is moved from the neighbour. */
function propagate(field: Field, target: number, step: number): void {
  const neighbour = field.source[target - step] ?? -1;
  if (neighbour < 0) return;
  tryCandidate(field, target, neighbour + step);
}

/** Tries random sources around the best one, in ever smaller squares. */
function searchAround(field: Field, target: number, radius: number, random: Random): void {
  const { columns, rows, stride } = field.grid;
  for (let reach = radius; reach >= 1; reach >>= 1) {
    const best = field.source[target]!;
    const bestY = Math.floor(best / stride);
    const bestX = best - bestY * stride;
    const left = Math.max(0, bestX - reach);
    const top = Math.max(0, bestY - reach);
    const x = left + random.below(Math.min(columns - 1, bestX + reach) - left + 1);
    const y = top + random.below(Math.min(rows - 1, bestY + reach) - top + 1);
    tryCandidate(field, target, y * stride + x);
  }
}

// `isSource` is 0 for every index that is not the place of a whole patch, also where a step wraps to the next row.
function tryCandidate(field: Field, target: number, candidate: number): void {
  const { grid, picture, distance, source, shape } = field;
  if (grid.isSource[candidate] !== 1 || candidate === source[target]) return;
  const { channels, data } = picture;
  const best = distance[target]!;
  const found = patchDistance(data, shape, target * channels, candidate * channels, best);
  if (found >= best) return;
  distance[target] = found;
  source[target] = candidate;
}
