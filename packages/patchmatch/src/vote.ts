import type { Field } from "./field.ts";

/**
 * Paints the hole from the field: every pixel becomes the weighted mean of what the patches that cover it say
 * (Y. Wexler et al., "Space-Time Completion of Video", PAMI 2007).
 */
export function vote(field: Field): void {
  const { picture, grid } = field;
  const { channels, width } = picture;
  const sums = new Int32Array(picture.data.length);
  const weights = new Int32Array(width * picture.height);
  const weightOf = similarity(field);
  for (const target of grid.targets) addVotes(field, target, weightOf(field.distance[target]!), sums, weights);
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at]!;
    if (weight === 0) continue;
    for (let i = at * channels; i < (at + 1) * channels; i++) {
      picture.data[i] = Math.floor((sums[i]! + (weight >> 1)) / weight);
    }
  }
}

function addVotes(field: Field, target: number, weight: number, sums: Int32Array, weights: Int32Array): void {
  const { channels, data, hole, width } = field.picture;
  const size = field.grid.size;
  const shift = (field.source[target]! - target) * channels;
  for (let row = target; row < target + size * width; row += width) {
    for (let at = row; at < row + size; at++) {
      if (hole[at] === 0) continue;
      weights[at] = weights[at]! + weight;
      for (let i = at * channels; i < (at + 1) * channels; i++) sums[i] = sums[i]! + weight * data[i + shift]!;
    }
  }
}

/** Weights fall to 1/e over 64 steps, from 2^16 down; 49 of them times 255 stay below 2^31. */
const falloff = (() => {
  const table = new Int32Array(64 * 8);
  let weight = 2 ** 30;
  for (let i = 0; i < table.length; i++) {
    table[i] = Math.max(1, Math.floor(weight / 2 ** 14));
    weight = Math.floor((weight * 63) / 64);
  }
  return table;
})();

/** exp(−d / 2σ²) with σ² the 75th percentile of the distances, as Wexler et al. choose it, by a table of integers. */
function similarity({ grid, distance }: Field): (distance: number) => number {
  const sorted = Int32Array.from(grid.targets, (target) => distance[target]!).sort();
  const spread = Math.max(1, sorted[Math.floor(sorted.length * 0.75)]!);
  return (d) => falloff[Math.min(falloff.length - 1, Math.floor((d * 32) / spread))]!;
}
