/** Draws integers: `below(n)` gives one of 0 … n − 1, for 1 ≤ n ≤ 2^31. */
export interface Random {
  readonly below: (n: number) => number;
}

/**
 * A small generator with 32 bits of state (mulberry32 by T. Ettinger, 2017): the same seed gives the same numbers in
 * every engine. Every finite number is a seed; numbers that differ in their lower 53 bits give different sequences.
 */
export function seededRandom(seed: number): Random {
  let state = foldSeed(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  return { below: (n) => Math.floor((next() / 2 ** 32) * n) };
}

/** Mixes both halves of an integer seed, so that seeds beyond 32 bits count too. */
function foldSeed(seed: number): number {
  const low = seed | 0;
  const high = Math.floor(seed / 2 ** 32) | 0;
  return low ^ Math.imul(high, 0x9e3779b1);
}
