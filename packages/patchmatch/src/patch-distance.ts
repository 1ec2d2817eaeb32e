/** How two patches are compared: constant for a picture. */
export interface PatchShape {
  /** Rows of a patch. */
  readonly rows: number;
  /** Samples in a row of a patch. */
  readonly rowSamples: number;
  /** Samples in a row of the picture. */
  readonly strideSamples: number;
}

/**
 * The sum of squared differences of two patches whose first samples are at `a` and `b`. Once a row brings it to
 * `limit` or above, the rest is not looked at. At most 49 × 4 × 255² = 12,744,900 for patches of 7 × 7.
 */
export function patchDistance(data: Uint8Array, shape: PatchShape, a: number, b: number, limit: number): number {
  const { rows, rowSamples, strideSamples } = shape;
  let sum = 0;
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < rowSamples; i++) {
      const difference = data[a + i]! - data[b + i]!;
      sum += difference * difference;
    }
    if (sum >= limit) return sum;
    a += strideSamples;
    b += strideSamples;
  }
  return sum;
}
