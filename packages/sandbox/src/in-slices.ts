import { setImmediate as nextTurn } from "node:timers/promises";

/** Enough work to be worth a turn, little enough to keep others waiting for some milliseconds only. */
const SLICE = 1_000_000;

/**
 * Calls `work(from, to)` over `0 … total` in slices, and lets the event loop turn between them: the server goes on
 * answering, in the process of whoever started it.
 */
export async function inSlices(total: number, work: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < total; from += SLICE) {
    if (from > 0) await nextTurn();
    work(from, Math.min(from + SLICE, total));
  }
}
