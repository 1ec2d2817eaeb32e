/** What time the client goes by. All its pauses and limits pass through here, so that a test can let hours go by. */
export interface Clock {
  /** Milliseconds from any fixed moment; never goes backwards. */
  now(): number;
  /** Milliseconds since 1970, to understand a date that the service gives. */
  wallClock(): number;
  /** Calls `callback` once after `ms` milliseconds; the result cancels it. */
  setTimer(callback: () => void, ms: number): () => void;
}

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallClock: () => Date.now(),
  setTimer(callback, ms) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
