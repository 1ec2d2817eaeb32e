/** A new mask in which every sample v is 255 − v: what was selected is kept, what was kept is selected. */
export function invertMask(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  for (let i = 0; i < out.length; i++) out[i] = 255 - data[i]!;
  return out;
}
