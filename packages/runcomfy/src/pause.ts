import type { Clock } from "./clock.ts";

/** Waits `ms` milliseconds; rejects with the signal's reason as soon as it is aborted. */
export async function pause(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.setTimer(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}

/** Resolves like `work`, or rejects with the signal's reason as soon as it is aborted; `work` then goes on unwatched. */
export async function unlessAborted<T>(work: Promise<T> | T, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** Calls `work` with a signal that is aborted after `ms` milliseconds, or together with `outer`. */
export async function withTimeLimit<T>(
  clock: Clock,
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = new AbortController();
  const stop = (): void => limit.abort(outer?.reason);
  const cancel = clock.setTimer(() => limit.abort(new Error(`no answer within ${ms} ms`)), ms);
  if (outer?.aborted) stop();
  outer?.addEventListener("abort", stop, { once: true });
  try {
    return await work(limit.signal);
  } finally {
    cancel();
    outer?.removeEventListener("abort", stop);
  }
}
