/** A new mask of only 0 and 255: 255 where a sample is at least `level`. Level 0 selects everything, 256 nothing. */
export function thresholdMask(data: Uint8Array, level: number): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = data[i]! >= level ? 255 : 0;
  return out;
}
