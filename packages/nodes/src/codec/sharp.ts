import type SharpModule from "sharp";

/** sharp's one function, as `import sharp from "sharp"` gives it. */
export type Sharp = typeof SharpModule;

let loading: Promise<Sharp> | undefined;

/**
 * Loads sharp on first use: importing it takes longer than starting Node, and many workflows never need it.
 *
 * One thread a pipeline, because the engine already runs as many nodes as there are processors; no cache, because
 * the engine keeps results itself.
 */
export function loadSharp(): Promise<Sharp> {
  loading ??= import("sharp").then(({ default: sharp }) => {
    sharp.concurrency(1);
    sharp.cache(false);
    return sharp;
  });
  return loading;
}
