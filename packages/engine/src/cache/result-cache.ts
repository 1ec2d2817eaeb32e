/** What a node gave: its outputs by name. */
export type NodeOutputs = Readonly<Record<string, unknown>>;

/** Outputs that need not be made again, and where they were found. */
export interface CachedResult {
  readonly outputs: NodeOutputs;
  readonly from: "memory" | "disk";
}

/** What is known about a result when it is offered to a cache. */
export interface ResultInfo {
  /** Milliseconds that it took to make. */
  readonly ms: number;
  /** It cost money: it must reach a durable store. */
  readonly paid: boolean;
  /** It was made although there may be one already: that one is out of date. */
  readonly replaces?: boolean;
  /** It is one item of a list: when it is large, memory has better things to hold than one of a hundred. */
  readonly isItem?: boolean;
}

/**
 * Finished results by cache key (64 lower-case hex digits). A port: memory, disk, both.
 *
 * A look-up that fails is a miss, never an error; only storing a paid result may fail, because losing it loses money.
 */
export interface ResultCache {
  /** Answers at once when it can, so that a run without disk hits stays synchronous. */
  get(key: string): CachedResult | undefined | Promise<CachedResult | undefined>;
  /** Where a result is, without reading it; one that proves damaged is a miss all the same. Absent: `get` tells. */
  where?(key: string): CachedResult["from"] | undefined | Promise<CachedResult["from"] | undefined>;
  /** A promise is awaited only for paid results. */
  set(key: string, outputs: NodeOutputs, info: ResultInfo): void | Promise<void>;
}
