import type { NodeContext } from "@inlay/engine";

/** How long a node computes before it lets other work run, in milliseconds. */
const slice = 20;

/** What of a node's context a computation in steps needs. */
export type Pace = Pick<NodeContext, "progress" | "signal" | "yieldNow">;

/**
 * Runs a computation that yields its progress (0–1) every few milliseconds, and gives its result: directly when it
 * took less than 20 ms, which spares the engine a promise, else as a promise that lets other work run every 20 ms
 * and rejects soon after the run is cancelled.
 */
export function runSteps<T>(steps: Iterator<number, T, void>, ctx: Pace): T | Promise<T> {
  const result = runSlice(steps);
  return result.done === true ? result.value : goOn(steps, result.value, ctx);
}

async function goOn<T>(steps: Iterator<number, T, void>, progress: number, ctx: Pace): Promise<T> {
  let result: IteratorResult<number, T> = { done: false, value: progress };
  while (result.done !== true) {
    ctx.progress(result.value, 1);
    await ctx.yieldNow();
    ctx.signal.throwIfAborted();
    result = runSlice(steps);
  }
  return result.value;
}

function runSlice<T>(steps: Iterator<number, T, void>): IteratorResult<number, T> {
  const end = performance.now() + slice;
  let result = steps.next();
  while (result.done !== true && performance.now() < end) result = steps.next();
  return result;
}
