import type { NodeOutputs } from "../cache/result-cache.ts";

/** Results that are being made now, by cache key, shared by all runs of an engine: one key is made once at a time. */
export class InFlight {
  readonly #working = new Map<string, Promise<NodeOutputs>>();

  get size(): number {
    return this.#working.size;
  }

  get(key: string): Promise<NodeOutputs> | undefined {
    return this.#working.get(key);
  }

  /** Holds the work until it settles. */
  add(key: string, work: Promise<NodeOutputs>): void {
    this.#working.set(key, work);
    const remove = (): void => {
      if (this.#working.get(key) === work) this.#working.delete(key);
    };
    work.then(remove, remove);
  }
}
