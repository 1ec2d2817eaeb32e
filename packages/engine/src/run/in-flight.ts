import type { NodeOutputs } from "../cache/result-cache.ts";

/** Results that are being made now, by cache key, shared by all runs of an engine: one key is made once at a time. */
export interface InFlight {
  readonly size: number;
  get(key: string): Promise<NodeOutputs> | undefined;
  /** Holds the work until it settles. */
  add(key: string, work: Promise<NodeOutputs>): void;
}

export function createInFlight(): InFlight {
  const working = new Map<string, Promise<NodeOutputs>>();
  return {
    get size() {
      return working.size;
    },
    get: (key) => working.get(key),
    add(key, work) {
      working.set(key, work);
      const remove = (): void => {
        if (working.get(key) === work) working.delete(key);
      };
      work.then(remove, remove);
    },
  };
}
