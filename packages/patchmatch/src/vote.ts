import type { Field } from "./field.ts";
import type { Picture } from "./picture.ts";

/** What the patches say, on the hole and on the known pixels around it. */
export interface Votes {
  /** Interleaved: weighted sums of samples. */
  readonly sums: Int32Array;
  /** By pixel: the sum of the weights; 0 where no patch reaches. */
  readonly weights: Int32Array;
}

/** Targets that vote in a step: a few milliseconds. */
const targetsPerStep = 16_384;

/**
 * Paints the hole from the field: every pixel becomes the weighted mean of what the patches that cover it say
 * (Y. Wexler et al., "Space-Time Completion of Video", PAMI 2007). A patch weighs more when it resembles its source
 * well, and when it lies near the edge of the hole, so that what is known flows inwards. Yields 0 between its steps.
 */
export function* vote(field: Field): Generator<number, Votes, void> {
  const { picture, grid } = field;
  const votes = { sums: new Int32Array(picture.data.length), weights: new Int32Array(picture.hole.length) };
  const spread = typicalDistance(field);
  const centre = (grid.size >> 1) * (grid.stride + 1);
  for (let i = 0; i < grid.targets.length; i++) {
    const target = grid.targets[i]!;
    const resemblance = decay(resemblances, Math.floor((field.distance[target]! * 96) / spread));
    const confidence = decay(confidences, field.depth[target + centre]!);
    addVotes(field, target, Math.max(1, (resemblance * confidence) >> 15), votes);
    if (i % targetsPerStep === targetsPerStep - 1) yield 0;
  }
  paintMeans(picture, votes);
  return votes;
}

/** Adds a whole patch, its known pixels too: `hideSeam` compares those with what is there. */
function addVotes(field: Field, target: number, weight: number, { sums, weights }: Votes): void {
  const { channels, data } = field.picture;
  const { rows, rowSamples, strideSamples } = field.shape;
  const { size, stride } = field.grid;
  const shift = (field.source[target]! - target) * channels;
  for (let row = 0; row < rows; row++) {
    const pixel = target + row * stride;
    for (let at = pixel; at < pixel + size; at++) weights[at] = weights[at]! + weight;
    const sample = target * channels + row * strideSamples;
    for (let at = sample; at < sample + rowSamples; at++) sums[at] = sums[at]! + weight * data[at + shift]!;
  }
}

function paintMeans({ channels, data, hole }: Picture, { sums, weights }: Votes): void {
  for (let at = 0; at < hole.length; at++) {
    if (hole[at] === 0) continue;
    const weight = weights[at]!;
    for (let i = at * channels; i < (at + 1) * channels; i++) data[i] = Math.floor((sums[i]! + (weight >> 1)) / weight);
  }
}

/** The 75th percentile of the distances, as Wexler et al. choose the width of their weights; of a sample of them. */
function typicalDistance({ grid, distance }: Field): number {
  const every = Math.ceil(grid.targets.length / 4096);
  const count = Math.ceil(grid.targets.length / every);
  const sample = Int32Array.from({ length: count }, (_, i) => distance[grid.targets[i * every]!]!).sort();
  return Math.max(1, sample[Math.floor(count * 0.75)]!);
}

/** Weights are at most 2^15 each: 49 of them times 255 stay below 2^31. */
const fullWeight = 2 ** 15;

/** Falls to 1/e in 64 steps: e^(−1.5) for a typical distance, which is 96 steps. */
const resemblances = decayTable(63, 64, 512);

/** Falls by 1.3 for each pixel of depth, the value of Wexler et al. */
const confidences = decayTable(10, 13, 40);

/** `fullWeight × (numerator / denominator)^i`, in integers, so that every machine has the same. */
function decayTable(numerator: number, denominator: number, length: number): Int32Array {
  const table = new Int32Array(length);
  let precise = fullWeight * 2 ** 30;
  for (let i = 0; i < length; i++) {
    table[i] = Math.floor(precise / 2 ** 30);
    precise = Math.floor((precise * numerator) / denominator);
  }
  return table;
}

function decay(table: Int32Array, steps: number): number {
  return table[Math.min(table.length - 1, steps)]!;
}
