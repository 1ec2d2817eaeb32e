import type { Clock } from "@inlay/runcomfy";

/** A clock on which everything takes a fraction of its time, and that remembers which pauses were asked for. */
export interface AcceleratedClock extends Clock {
  /** Milliseconds of every timer that was set, in order. */
  readonly asked: readonly number[];
}

/** A clock on which time goes `factor` times as fast; dates stay true. */
export function acceleratedClock(factor: number): AcceleratedClock {
  const asked: number[] = [];
  return {
    asked,
    now: () => performance.now() * factor,
    wallClock: () => Date.now(),
    setTimer(callback, ms) {
      asked.push(ms);
      const timer = setTimeout(callback, ms / factor);
      return () => clearTimeout(timer);
    },
  };
}
