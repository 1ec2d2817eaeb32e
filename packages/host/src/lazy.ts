/** A thing that is made when first asked for. */
export interface Lazy<T> {
  /** Makes it once; after a failure the next call tries again. */
  get(): Promise<T>;
  /** What was made, or undefined; makes nothing. */
  made(): Promise<T | undefined>;
}

/** Makes a thing once, on demand, for all who ask. */
export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let promise: Promise<T> | undefined;
  const start = (): Promise<T> => {
    const started = make().catch((error: unknown) => {
      if (promise === started) promise = undefined;
      throw error;
    });
    return started;
  };
  return {
    get: () => (promise ??= start()),
    made: async () => promise?.catch(() => undefined),
  };
}
