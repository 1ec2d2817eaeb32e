import { type Pixels, readPixels, refusal } from "./pixels.ts";

interface Kept {
  readonly pixels: Pixels;
  readonly etag: string | null;
  users: number;
}

/** Pixels of pictures that nobody looks at and that are kept all the same, four bytes each: two large photographs. */
const mostIdle = 50_000_000;

/** By address, what was looked at last at the end. */
const kept = new Map<string, Kept>();

/** A picture that somebody looks at. */
export interface Held {
  readonly pixels: Pixels;
  /** Nobody looks at it here any more. It is kept for a while, so that it is there at once when it is opened again. */
  release(): void;
}

/**
 * Fetches and decodes a picture, or takes it as it was decoded before when the server says that it is the same.
 * Fails with an `Error` that says why it cannot be shown.
 */
export async function holdPixels(url: string): Promise<Held> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(await refusal(response));
  const etag = response.headers.get("etag");
  const known = kept.get(url);
  if (known && etag !== null && known.etag === etag) {
    await response.body?.cancel();
    return hold(url, known);
  }
  return hold(url, { pixels: await readPixels(response), etag, users: 0 });
}

function hold(url: string, entry: Kept): Held {
  const before = kept.get(url);
  kept.delete(url);
  kept.set(url, entry);
  if (before && before !== entry && before.users === 0) before.pixels.close();
  entry.users++;
  let isHeld = true;
  return {
    pixels: entry.pixels,
    release() {
      if (!isHeld) return;
      isHeld = false;
      entry.users--;
      if (entry.users === 0 && kept.get(url) !== entry) entry.pixels.close();
      forgetIdle();
    },
  };
}

function forgetIdle(): void {
  const idle = [...kept].filter(([, { users }]) => users === 0);
  let size = idle.reduce((sum, [, { pixels }]) => sum + pixels.width * pixels.height, 0);
  for (const [url, { pixels }] of idle) {
    if (size <= mostIdle) return;
    size -= pixels.width * pixels.height;
    kept.delete(url);
    pixels.close();
  }
}
