import { systemClock, type Clock } from "./clock.ts";

/** Spreads calls over time. */
export interface Limiter {
  /** Calls `work` when it is its turn; gives up the place when the signal is aborted before. */
  run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Starts nothing more for `ms` milliseconds. */
  hold(ms: number): void;
}

/** What a limiter allows. */
export interface LimiterOptions {
  /** Milliseconds between two starts. */
  readonly spacing: number;
  /** Calls at once. */
  readonly concurrent: number;
  /** Default: the machine's own time. */
  readonly clock?: Clock;
}

/** Makes a limiter: first come, first served, at most `concurrent` at once, at least `spacing` apart. */
export function createLimiter({ spacing, concurrent, clock = systemClock }: LimiterOptions): Limiter {
  const waiting = new Set<() => void>();
  let active = 0;
  let nextStart = 0;
  let isWaiting = false;

  const startDue = (): void => {
    const [first] = waiting;
    if (!first || isWaiting || active >= concurrent) return;
    const wait = nextStart - clock.now();
    if (wait > 0) {
      isWaiting = true;
      clock.setTimer(wake, Math.ceil(wait));
      return;
    }
    nextStart = clock.now() + spacing;
    active += 1;
    waiting.delete(first);
    first();
    startDue();
  };

  const wake = (): void => {
    isWaiting = false;
    startDue();
  };

  const turn = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        waiting.delete(start);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.add(start);
      startDue();
    });

  return {
    async run(work, signal) {
      signal?.throwIfAborted();
      await turn(signal);
      try {
        return await work();
      } finally {
        active -= 1;
        startDue();
      }
    },
    hold(ms) {
      nextStart = Math.max(nextStart, clock.now() + ms);
    },
  };
}
