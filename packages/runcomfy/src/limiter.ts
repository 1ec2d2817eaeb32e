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
}

/** Makes a limiter: first come, first served, at most `concurrent` at once, at least `spacing` apart. */
export function createLimiter({ spacing, concurrent }: LimiterOptions): Limiter {
  const waiting = new Set<() => void>();
  let active = 0;
  let nextStart = 0;
  let timer: NodeJS.Timeout | undefined;

  const startDue = (): void => {
    const [first] = waiting;
    if (!first || timer || active >= concurrent) return;
    const wait = nextStart - performance.now();
    if (wait > 0) {
      timer = setTimeout(wake, Math.ceil(wait));
      return;
    }
    nextStart = performance.now() + spacing;
    active += 1;
    waiting.delete(first);
    first();
    startDue();
  };

  const wake = (): void => {
    timer = undefined;
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
      nextStart = Math.max(nextStart, performance.now() + ms);
    },
  };
}
