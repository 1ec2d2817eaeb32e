import { KeyTable } from "./key-table.ts";
import type { CachedResult, NodeOutputs, ResultCache, ResultInfo } from "./result-cache.ts";

/** One object for the entry and the answer to a look-up, because a run makes one for each node. */
interface Entry extends CachedResult {
  readonly bytes: number;
  used: boolean;
}

/** A memory cache and what it holds. */
export interface MemoryCache extends ResultCache {
  get(key: string): CachedResult | undefined;
  where(key: string): "memory" | undefined;
  set(key: string, outputs: NodeOutputs, info?: ResultInfo): void;
  /** Changes the budget; what is above it goes. */
  limit(maxBytes: number): void;
  /** Bytes held, as far as they can be counted: samples exactly, other values by a guess. */
  readonly bytes: number;
  readonly size: number;
}

/** The part of the budget that one item of a list may take. */
const itemShare = 64;

/**
 * Keeps results in memory up to a budget; the ones not used for longest go first.
 *
 * Second-chance eviction: a use only sets a flag, so a hit costs one look-up; a hand goes round, and an entry that was used
 * since it last passed stays for another round. A result larger than the whole budget is not kept.
 * An item of a list is kept when it takes at most a 64th of the budget.
 * @param options.maxBytes the budget in bytes
 */
export function memoryCache(options: { readonly maxBytes: number }): MemoryCache {
  return new SecondChanceCache(options.maxBytes);
}

/**
 * A class, because a getter in an object literal gives each object a hidden class of its own: slower to call, and all
 * entries live until a full collection. Its methods are fields, so that they can be handed on alone.
 */
class SecondChanceCache implements MemoryCache {
  readonly #table = new KeyTable();
  /** By slot. */
  readonly #entries: (Entry | undefined)[] = [];
  #maxBytes: number;
  #bytes = 0;
  /** The slot that eviction looks at next: those before it have had their second chance. */
  #hand = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#table.size;
  }

  readonly get = (key: string): CachedResult | undefined => {
    const slot = this.#table.find(key);
    if (slot < 0) return undefined;
    const entry = this.#entries[slot]!;
    entry.used = true;
    return entry;
  };

  readonly where = (key: string): "memory" | undefined => {
    return this.#table.find(key) < 0 ? undefined : "memory";
  };

  readonly set = (key: string, outputs: NodeOutputs, info?: ResultInfo): void => {
    const found = this.#table.find(key);
    const bytes = outputBytes(outputs);
    if (bytes > (info?.isItem === true ? this.#maxBytes / itemShare : this.#maxBytes)) {
      if (found >= 0) this.#remove(found);
      return;
    }
    if (found >= 0) this.#bytes -= this.#entries[found]!.bytes;
    const slot = found >= 0 ? found : this.#table.add(key);
    this.#entries[slot] = { outputs, from: "memory", bytes, used: false };
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) this.#evict();
  };

  readonly limit = (maxBytes: number): void => {
    this.#maxBytes = maxBytes;
    if (this.#bytes > maxBytes) this.#evict();
  };

  #remove(slot: number): void {
    this.#bytes -= this.#entries[slot]!.bytes;
    this.#entries[slot] = undefined;
    this.#table.remove(slot);
  }

  #evict(): void {
    while (this.#bytes > this.#maxBytes) {
      const slot = this.#hand;
      this.#hand = (slot + 1) % this.#table.slots;
      const entry = this.#entries[slot];
      if (entry?.used) entry.used = false;
      else if (entry) this.#remove(slot);
    }
  }
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
    where: (key) => memory.where(key) ?? (below.where ? below.where(key) : fromOf(below.get(key))),
    set(key, outputs, info) {
      memory.set(key, outputs, info);
      return below.set(key, outputs, info);
    },
  };
}

function fromOf(found: ReturnType<ResultCache["get"]>): ReturnType<NonNullable<ResultCache["where"]>> {
  return found instanceof Promise ? found.then((result) => result?.from) : found?.from;
}

/** What an entry costs beside its samples: key, map, small values. */
const overheadBytes = 200;

function outputBytes(outputs: NodeOutputs): number {
  let bytes = overheadBytes;
  for (const name in outputs) {
    const value = outputs[name];
    bytes += typeof value === "object" && value !== null ? objectBytes(value) : scalarBytes(value);
  }
  return bytes;
}

function scalarBytes(value: unknown): number {
  return typeof value === "string" ? 2 * value.length : 8;
}

/** Walks lists and objects, since a list of images is a value too. Bytes that are seen twice count twice. */
function objectBytes(value: object): number {
  let bytes = 0;
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) bytes += scalarBytes(next);
    else if (ArrayBuffer.isView(next)) bytes += next.byteLength;
    else for (const part of Object.values(next) as unknown[]) open.push(part);
  }
  return bytes;
}
