import { rasterError } from "./raster-error.ts";

/**
 * How two selections become one, sample by sample. `union`: max(a, b), what either selects. `intersect`: min(a, b),
 * what both select. `subtract`: min(a, 255 − b), what a selects and b does not. `xor`: the union of a without b and b
 * without a, what exactly one selects.
 */
export type MaskOperation = "union" | "intersect" | "subtract" | "xor";

/**
 * A new mask from two of one size. For samples of 0 and 255 these are the operations on sets; soft samples follow the
 * same laws but one: what is half selected is also half unselected, so a mask of 128 minus itself is 127.
 *
 * Throws `raster.bad-size` when the masks have different numbers of samples.
 *
 * @example
 * const both = combineMasks(face, hair, "union");
 */
export function combineMasks(a: Uint8Array, b: Uint8Array, operation: MaskOperation): Uint8Array {
  if (a.length !== b.length) {
    throw rasterError("raster.bad-size", `Masks of ${a.length} and ${b.length} samples cannot be combined.`);
  }
  const out = new Uint8Array(a.length);
  operations[operation](a, b, out);
  return out;
}

type Combine = (a: Uint8Array, b: Uint8Array, out: Uint8Array) => void;

// A loop each: one loop that calls a function for every sample would take several times as long.
const operations: Readonly<Record<MaskOperation, Combine>> = {
  union: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(a[i]!, b[i]!);
  },
  intersect: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.min(a[i]!, b[i]!);
  },
  subtract: (a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.min(a[i]!, 255 - b[i]!);
  },
  xor: (a, b, out) => {
    for (let i = 0; i < out.length; i++) {
      out[i] = Math.max(Math.min(a[i]!, 255 - b[i]!), Math.min(b[i]!, 255 - a[i]!));
    }
  },
};
