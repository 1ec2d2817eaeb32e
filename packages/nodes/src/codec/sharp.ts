import { createRequire } from "node:module";
import type SharpModule from "sharp";

/** sharp's one function, as `import sharp from "sharp"` gives it. */
export type Sharp = typeof SharpModule;

let loading: Promise<Sharp> | undefined;

/**
 * Loads sharp on first use: loading it takes as long as starting Node, and many workflows never need it. It is required, not
 * imported: of its forty small files Node makes modules more than twice as fast that way.
 *
 * One thread a pipeline, because the engine already runs as many nodes as there are processors; no cache, because
 * the engine keeps results itself.
 */
export function loadSharp(): Promise<Sharp> {
  loading ??= Promise.resolve().then(() => {
    const sharp = createRequire(import.meta.url)("sharp") as Sharp;
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}
