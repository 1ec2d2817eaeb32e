import type { Field } from "./field.ts";
import type { Picture } from "./picture.ts";
import type { Random } from "./random.ts";

/** At most so many sources are compared for a pixel. */
const maxCandidates = 4096;

/**
 * Paints the hole of the coarsest picture from its edge inwards, one ring of pixels after the other: each pixel comes
 * from the source that looks most like the known part of the patch around it, and that source enters the field.
 */
export function onionInit(field: Field, random: Random): void {
  const known = field.picture.hole.map((sample) => 1 - sample);
  for (let ring = nextRing(field.picture, known); ring.length > 0; ring = nextRing(field.picture, known)) {
    for (const at of ring) paint(field, known, at, random);
    for (const at of ring) known[at] = 1;
  }
}

/** The unknown pixels with a known pixel among their eight neighbours. */
function nextRing({ width, height }: Picture, known: Uint8Array): number[] {
  const ring: number[] = [];
  for (let at = 0; at < known.length; at++) {
    if (known[at] === 0 && hasKnownNeighbour(known, width, height, at)) ring.push(at);
  }
  return ring;
}

function hasKnownNeighbour(known: Uint8Array, width: number, height: number, at: number): boolean {
  const x = at % width;
  const y = Math.floor(at / width);
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      if (known[ny * width + nx] === 1) return true;
    }
  }
  return false;
}

function paint(field: Field, known: Uint8Array, at: number, random: Random): void {
  const { picture } = field;
  const place = placeAround(field, at);
  const offsets = knownOffsets(field, known, place);
  const best = closestSource(field, place, offsets, random);
  field.source[place] = best;
  const from = (best + at - place) * picture.channels;
  picture.data.copyWithin(at * picture.channels, from, from + picture.channels);
}

/** The place of the patch whose centre is nearest to the pixel. */
function placeAround({ picture, grid }: Field, at: number): number {
  const half = grid.size >> 1;
  const x = Math.min(grid.columns - 1, Math.max(0, (at % picture.width) - half));
  const y = Math.min(grid.rows - 1, Math.max(0, Math.floor(at / picture.width) - half));
  return y * grid.stride + x;
}

/** Where the known samples of a patch are, counted from its first sample. */
function knownOffsets({ picture, grid }: Field, known: Uint8Array, place: number): number[] {
  const offsets: number[] = [];
  for (let y = 0; y < grid.size; y++) {
    for (let x = 0; x < grid.size; x++) {
      const pixel = y * grid.stride + x;
      if (known[place + pixel] === 0) continue;
      for (let c = 0; c < picture.channels; c++) offsets.push(pixel * picture.channels + c);
    }
  }
  return offsets;
}

/** The best of all sources, or of a random choice when there are many; a little chance decides between close ones. */
function closestSource(field: Field, place: number, offsets: readonly number[], random: Random): number {
  const { sources } = field.grid;
  const { channels, data } = field.picture;
  const all = sources.length <= maxCandidates;
  const count = all ? sources.length : maxCandidates;
  let best = sources[0]!;
  let least = Infinity;
  for (let i = 0; i < count; i++) {
    const source = sources[all ? i : random.below(sources.length)]!;
    const distance = partialDistance(data, offsets, place * channels, source * channels, least);
    if (distance >= least) continue;
    const blurred = distance + Math.floor((distance * random.below(64)) / 1024);
    if (blurred >= least) continue;
    least = blurred;
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
