/** Samples a step handles: about a millisecond. */
const samplesPerStep = 2 ** 19;

/**
 * For each sample the number of rows to the nearest one of at least 128 in its column, at most `limit`; 0 for those
 * themselves. Yields its progress (0–1).
 */
export function* columnDistancesSteps(
  data: Uint8Array,
  width: number,
  limit: number,
): Generator<number, Uint16Array, void> {
  const out = new Uint16Array(data.length);
  for (let i = 0; i < width; i++) out[i] = data[i]! >= 128 ? 0 : limit;
  for (let start = width; start < data.length; start += samplesPerStep) {
    const end = Math.min(data.length, start + samplesPerStep);
    for (let i = start; i < end; i++) out[i] = data[i]! >= 128 ? 0 : Math.min(limit, out[i - width]! + 1);
    yield end / data.length / 2;
  }
  for (let end = data.length - width; end > 0; end -= samplesPerStep) {
    const start = Math.max(0, end - samplesPerStep);
    for (let i = end - 1; i >= start; i--) out[i] = Math.min(out[i]!, out[i + width]! + 1);
    yield 1 - start / data.length / 2;
  }
  return out;
}
