import { totalmem } from "node:os";
import { layeredCache, memoryCache, type ResultCache, type SpillStore, type ValueStoreOptions } from "@inlay/engine";

/** A quarter of memory, at most 2 GiB. */
const memoryShare = 4;
const mostBytes = 2 * 1024 ** 3;
/** Of it, at most this much holds results that nobody needs now: the rest of them is on disk. */
const mostCachedBytes = 512 * 1024 ** 2;

/**
 * The memory of one engine: pixels between nodes and results that may be needed again share one budget. Values that are
 * needed go first: the more there are, the fewer results are kept, and above the budget they are written out.
 *
 * @param below where results are found that are not in memory
 * @param maxBytes default: a quarter of memory, at most 2 GiB
 */
export function engineMemory(
  below: ResultCache | undefined,
  spill: SpillStore,
  maxBytes: number = Math.min(mostBytes, Math.floor(totalmem() / memoryShare)),
): { readonly cache: ResultCache; readonly values: ValueStoreOptions } {
  const memory = memoryCache({ maxBytes: Math.min(mostCachedBytes, maxBytes) });
  return {
    cache: below ? layeredCache(memory, below) : memory,
    values: { maxBytes, spill, onChange: (left) => memory.limit(Math.min(mostCachedBytes, left)) },
  };
}
