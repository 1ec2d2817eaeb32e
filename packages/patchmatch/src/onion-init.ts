import type { Field } from "./field.ts";
import type { Random } from "./random.ts";

/** At most so many sources are compared for a pixel, */
const mostCandidates = 4096;

/** … and so many for all pixels together, as long as each gets 16. */
const mostComparisons = 2 ** 24;

/** Pixels painted in a step: a few milliseconds. */
const pixelsPerStep = 32;

/**
 * Paints the hole of the coarsest picture from its edge inwards, one ring of pixels after the other: each pixel comes
 * from the source that looks most like the known part of the patch around it, and that source enters the field.
 * Yields 0 between its steps.
 */
export function* onionInit(field: Field, random: Random): Generator<number, void, void> {
  const pixels = fromTheEdge(field);
  const candidates = Math.min(mostCandidates, Math.max(16, Math.floor(mostComparisons / pixels.length)));
  for (let i = 0; i < pixels.length; i++) {
    paintPixel(field, pixels[i]!, candidates, random);
    if (i % pixelsPerStep === pixelsPerStep - 1) yield 0;
  }
}

/** The pixels of the hole, ring by ring. */
function fromTheEdge({ depth, picture }: Field): readonly number[] {
  const pixels: number[] = [];
  for (let at = 0; at < picture.hole.length; at++) if (picture.hole[at] === 1) pixels.push(at);
  return pixels.sort((a, b) => depth[a]! - depth[b]!);
}

function paintPixel(field: Field, at: number, candidates: number, random: Random): void {
  const { channels, data } = field.picture;
  const place = placeAround(field, at);
  const offsets = paintedOffsets(field, place, field.depth[at]!);
  const best = closestSource(field, place, offsets, candidates, random);
  field.source[place] = best;
  const from = (best + at - place) * channels;
  data.copyWithin(at * channels, from, from + channels);
}

/** The place of the patch whose centre is nearest to the pixel. */
function placeAround({ picture, grid }: Field, at: number): number {
  const half = grid.size >> 1;
  const x = Math.min(grid.columns - 1, Math.max(0, (at % picture.width) - half));
  const y = Math.min(grid.rows - 1, Math.max(0, Math.floor(at / picture.width) - half));
  return y * grid.stride + x;
}

/** Where the samples of a patch are that lie outside the ring and what is within, counted from its first sample. */
function paintedOffsets({ picture, grid, depth }: Field, place: number, ring: number): number[] {
  const offsets: number[] = [];
  for (let y = 0; y < grid.size; y++) {
    for (let x = 0; x < grid.size; x++) {
      const pixel = y * grid.stride + x;
      if (depth[place + pixel]! >= ring) continue;
      for (let c = 0; c < picture.channels; c++) offsets.push(pixel * picture.channels + c);
    }
  }
  return offsets;
}

/** The best of all sources, or of a random choice when there are many; a little chance decides between close ones. */
function closestSource(
  field: Field,
  place: number,
  offsets: readonly number[],
  candidates: number,
  random: Random,
): number {
  const { sources } = field.grid;
  const { channels, data } = field.picture;
  const all = sources.length <= candidates;
  const count = all ? sources.length : candidates;
  let best = sources[0]!;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const source = sources[all ? i : random.below(sources.length)]!;
    const distance = partialDistance(data, offsets, place * channels, source * channels, least);
    if (distance >= least) continue;
    const varied = distance + Math.floor((distance * random.below(64)) / 1024);
    if (varied >= least) continue;
    least = varied;
    best = source;
  }
  return best;
}

function partialDistance(data: Uint8Array, offsets: readonly number[], a: number, b: number, limit: number): number {
  let sum = 0;
  for (const offset of offsets) {
    const difference = data[a + offset]! - data[b + offset]!;
    sum += difference * difference;
    if (sum >= limit) return sum;
  }
  return sum;
}
