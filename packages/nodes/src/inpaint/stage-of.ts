import type { Pace } from "../pace/run-steps.ts";

/**
 * The pace of one stage of a longer work: progress within the stage becomes progress of the whole, from `from` to
 * `to` (0–1), so that it does not start anew with each stage.
 *
 * @example
 * await runSteps(steps, stageOf(ctx, 0.95, 1));
 */
export function stageOf(ctx: Pace, from: number, to: number): Pace {
  return {
    signal: ctx.signal,
    yieldNow: () => ctx.yieldNow(),
    progress: (value, total, note) => ctx.progress(from + (to - from) * (value / total), 1, note),
  };
}
