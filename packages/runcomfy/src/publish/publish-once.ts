import type { Published, Publisher } from "./publisher.ts";

/** Files that are remembered; the ones that were published first are forgotten. */
const MOST = 500;

/** One file, on its way or published. */
interface Entry {
  readonly stop: AbortController;
  readonly result: Promise<Published>;
  published?: Published;
  waiting: number;
}

/**
 * A publisher that is not asked twice for the same bytes in one process, as long as half of the time that is asked for is
 * left of the address. Calls for the same bytes at once share one upload, which is stopped when nobody waits for it.
 */
export function publishOnce(publisher: Publisher): Publisher {
  const known = new Map<string, Entry>();

  const begin = (key: string, start: (signal: AbortSignal) => Promise<Published>): Entry => {
    const stop = new AbortController();
    const entry: Entry = { stop, result: start(stop.signal), waiting: 0 };
    const forget = (): boolean => known.get(key) === entry && known.delete(key);
    entry.result.then((published) => (entry.published = published), forget);
    stop.signal.addEventListener("abort", forget, { once: true });
    known.delete(key);
    known.set(key, entry);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    return entry;
  };

  return {
    label: publisher.label,
    async publish(bytes, options, signal) {
      signal?.throwIfAborted();
      const key = `${options.sha256} ${options.mime}`;
      const earlier = known.get(key);
      const isGood = earlier && (!earlier.published || isLongEnough(earlier.published, options.ttl));
      return waitFor(isGood ? earlier : begin(key, (stop) => publisher.publish(bytes, options, stop)), signal);
    },
  };
}

function isLongEnough({ expiresAt }: Published, ttl: number): boolean {
  return expiresAt - Date.now() >= (ttl * 1000) / 2;
}

async function waitFor(entry: Entry, signal: AbortSignal | undefined): Promise<Published> {
  entry.waiting += 1;
  let leave = (): void => {};
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal?.reason);
  });
  signal?.addEventListener("abort", leave, { once: true });
  try {
    return await Promise.race([entry.result, left]);
  } finally {
    signal?.removeEventListener("abort", leave);
    entry.waiting -= 1;
    if (entry.waiting === 0 && !entry.published) entry.stop.abort(signal?.reason);
  }
}
