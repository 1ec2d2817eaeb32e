/** Samples that a step handles: a few milliseconds of simple arithmetic. */
const samplesPerStep = 2 ** 19;

/** How much there is to do, row by row. */
export interface Rows {
  readonly height: number;
  /** Samples that one row reads or writes; what costs more arithmetic a sample says proportionally more. */
  readonly cost: number;
}

/** Does `work` for every row from the top, and yields the progress (0–1) every few milliseconds. */
export function* rowSteps({ height, cost }: Rows, work: (y: number) => void): Generator<number, void, void> {
  const rowsPerStep = Math.max(1, Math.floor(samplesPerStep / cost));
  for (let start = 0; start < height; start += rowsPerStep) {
    const end = Math.min(height, start + rowsPerStep);
    for (let y = start; y < end; y++) work(y);
    yield end / height;
  }
}
