import type { NodeOutputs } from "../cache/result-cache.ts";
import type { SpilledSamples, SpillStore } from "../host.ts";
import { restoreValues, spillOutputs, weigh } from "./spilled-values.ts";

/** An array with outputs in some places. */
type Places = (NodeOutputs | undefined)[];

/** Outputs that are held. */
interface Entry {
  readonly places: Places;
  readonly at: number;
  /** Of samples in memory. */
  bytes: number;
  spilled: readonly SpilledSamples[];
  /** It could be written out: that has not been tried. */
  isOpen: boolean;
  isGone: boolean;
}

export interface ValueStoreOptions {
  /** Bytes of samples that all runs together hold in memory before some are written out. */
  readonly maxBytes: number;
  /** Without it everything stays in memory. */
  readonly spill?: SpillStore | undefined;
  /** Told how many bytes of the budget are left, so that a cache can keep within them. */
  readonly onChange?: ((left: number) => void) | undefined;
}

/** Less is neither counted nor written out: it is not what fills memory. */
const leastBytes = 64 * 1024;

/**
 * Counts the pixels that wait between nodes, of all runs of an engine, against one budget of bytes. Above it the
 * samples of what was made first are written out raw; the node that takes them reads them again.
 */
export class ValueStore {
  readonly #options: ValueStoreOptions;
  /** Everything that is held, what was made first at the front. */
  readonly #entries = new Set<Entry>();
  #bytes = 0;
  #open = 0;
  #spilled = 0;
  #makingRoom: Promise<void> | undefined;

  constructor(options: ValueStoreOptions) {
    this.#options = options;
  }

  /** Bytes of samples in memory. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A part for one run. */
  open(): RunValues {
    return new RunValues(this);
  }

  /** Some samples are written out now. */
  get hasSpilled(): boolean {
    return this.#spilled > 0;
  }

  add(places: Places, at: number): Entry | undefined {
    const { bytes, spilled } = weigh(places[at]!);
    if (bytes < leastBytes && spilled.length === 0) return undefined;
    const entry = { places, at, bytes, spilled, isOpen: bytes >= leastBytes, isGone: false };
    this.#entries.add(entry);
    if (entry.isOpen) this.#open++;
    this.#count(bytes);
    return entry;
  }

  /** @param keepsFiles what was written out belongs to somebody else now */
  remove(entry: Entry, keepsFiles: boolean): void {
    this.#entries.delete(entry);
    entry.isGone = true;
    this.#close(entry);
    this.#count(-entry.bytes);
    if (keepsFiles) return;
    this.#spilled -= entry.spilled.length;
    for (const samples of entry.spilled) this.#options.spill?.drop(samples);
  }

  restore(values: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> | undefined {
    const { spill } = this.#options;
    return spill && restoreValues(values, spill);
  }

  /** Resolves when there is room again; undefined when there is, or when nothing could make any. */
  roomAgain(): Promise<void> | undefined {
    const { spill, maxBytes } = this.#options;
    if (this.#bytes <= maxBytes || spill === undefined) return undefined;
    if (this.#open === 0) return this.#makingRoom;
    this.#makingRoom ??= this.#makeRoom(spill).finally(() => (this.#makingRoom = undefined));
    return this.#makingRoom;
  }

  async #makeRoom(spill: SpillStore): Promise<void> {
    for (const entry of this.#entries) {
      if (this.#bytes <= this.#options.maxBytes) return;
      if (entry.isOpen) await this.#writeOut(entry, spill);
    }
  }

  async #writeOut(entry: Entry, spill: SpillStore): Promise<void> {
    const { places, at } = entry;
    this.#close(entry);
    // A full disk costs memory, not the run.
    const out = await spillOutputs(places[at]!, spill).catch(() => undefined);
    if (out === undefined) return;
    if (entry.isGone) return out.written.forEach((samples) => spill.drop(samples));
    places[at] = out.outputs;
    entry.spilled = [...entry.spilled, ...out.written];
    this.#spilled += out.written.length;
    this.#count(-entry.bytes);
    entry.bytes = 0;
  }

  #close(entry: Entry): void {
    if (entry.isOpen) this.#open--;
    entry.isOpen = false;
  }

  #count(change: number): void {
    if (change === 0) return;
    this.#bytes += change;
    this.#options.onChange?.(Math.max(0, this.#options.maxBytes - this.#bytes));
  }
}

/** The values that one run holds; those that are left are let go when it ends. */
export class RunValues {
  readonly #store: ValueStore;
  readonly #held = new Map<Places, Map<number, Entry>>();

  constructor(store: ValueStore) {
    this.#store = store;
  }

  get hasSpilled(): boolean {
    return this.#store.hasSpilled;
  }

  /** Counts the outputs that stand in that place. */
  hold(places: Places, at: number): void {
    const entry = this.#store.add(places, at);
    if (!entry) return;
    const entries = this.#held.get(places) ?? new Map<number, Entry>();
    this.#held.set(places, entries.set(at, entry));
  }

  /** The outputs in that place are needed no longer. */
  release(places: Places, at: number): void {
    this.#remove(places, at, false);
  }

  /** Puts outputs into another place; the first one is left as it is. */
  move(from: Places, at: number, to: Places, toAt: number): void {
    to[toAt] = from[at];
    this.#remove(from, at, true);
    if (to[toAt] !== undefined) this.hold(to, toAt);
  }

  /** Whoever has taken the outputs of these places holds them anew. */
  handOver(places: Places): void {
    for (const entry of this.#held.get(places)?.values() ?? []) this.#store.remove(entry, true);
    this.#held.delete(places);
  }

  /** The same values with all samples in memory; undefined when they are already. */
  restore(values: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> | undefined {
    return this.#store.restore(values);
  }

  roomAgain(): Promise<void> | undefined {
    return this.#store.roomAgain();
  }

  close(): void {
    for (const entries of this.#held.values()) for (const entry of entries.values()) this.#store.remove(entry, false);
    this.#held.clear();
  }

  #remove(places: Places, at: number, keepsFiles: boolean): void {
    const entries = this.#held.get(places);
    const entry = entries?.get(at);
    if (!entry) return;
    entries!.delete(at);
    if (entries!.size === 0) this.#held.delete(places);
    this.#store.remove(entry, keepsFiles);
  }
}
