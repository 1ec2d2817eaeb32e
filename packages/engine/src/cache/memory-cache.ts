import type { CachedResult, NodeOutputs, ResultCache } from "./result-cache.ts";

interface Entry {
  readonly result: CachedResult;
  readonly bytes: number;
  used: boolean;
}

/** A memory cache and what it holds. */
export interface MemoryCache extends ResultCache {
  get(key: string): CachedResult | undefined;
  set(key: string, outputs: NodeOutputs): void;
  /** Bytes held, as far as they can be counted: samples exactly, other values by a guess. */
  readonly bytes: number;
  readonly size: number;
}

/**
 * Keeps results in memory up to a budget; the ones not used for longest go first.
 *
 * Second-chance eviction: a use only sets a flag, so a hit costs one look-up; the oldest entry that was used since it
 * was last looked at moves to the end instead of leaving. A result larger than the whole budget is not kept.
 * @param options.maxBytes the budget in bytes
 */
export function memoryCache(options: { readonly maxBytes: number }): MemoryCache {
  const { maxBytes } = options;
  const entries = new Map<string, Entry>();
  let bytes = 0;

  const evict = (): void => {
    for (const [key, entry] of entries) {
      if (bytes <= maxBytes) return;
      entries.delete(key);
      if (entry.used) {
        entry.used = false;
        entries.set(key, entry);
      } else bytes -= entry.bytes;
    }
  };

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entry.used = true;
      return entry.result;
    },
    set(key, outputs) {
      const size = outputBytes(outputs);
      if (size > maxBytes) return;
      const replaced = entries.get(key);
      if (replaced !== undefined) bytes -= replaced.bytes;
      entries.set(key, { result: { outputs, from: "memory" }, bytes: size, used: false });
      bytes += size;
      if (bytes > maxBytes) evict();
    },
    get bytes() {
      return bytes;
    },
    get size() {
      return entries.size;
    },
  };
}

/** Two caches as one: memory first, then the slower one, whose hits move up. */
export function layeredCache(memory: MemoryCache, below: ResultCache): ResultCache {
  const lift = (key: string, found: CachedResult | undefined): CachedResult | undefined => {
    if (found) memory.set(key, found.outputs);
    return found;
  };
  return {
    get(key) {
      const held = memory.get(key);
      if (held) return held;
      const found = below.get(key);
      return found instanceof Promise ? found.then((result) => lift(key, result)) : lift(key, found);
    },
    set(key, outputs, info) {
      memory.set(key, outputs);
      return below.set(key, outputs, info);
    },
  };
}

/** What an entry costs beside its samples: key, maps, small values. */
const overheadBytes = 200;

function outputBytes(outputs: NodeOutputs): number {
  let bytes = overheadBytes;
  for (const name in outputs) bytes += valueBytes(outputs[name]);
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === "string") return 2 * value.length;
  if (typeof value !== "object" || value === null) return 8;
  if ("data" in value && ArrayBuffer.isView(value.data)) return value.data.byteLength;
  return 2 * (JSON.stringify(value)?.length ?? 0);
}
