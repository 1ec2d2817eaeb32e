import type { LimitedResource, Limits } from "../host.ts";

/**
 * The places that running work takes, shared by all runs of an engine. First come, first served: a run that waits
 * registers once a resource and again behind the others after each place it gets, so runs take turns.
 */
export interface Slots {
  /** Takes a place if one is free. */
  tryTake(resource: LimitedResource): boolean;
  /**
   * Calls `offer` once, when a place has been taken for the caller, who answers whether it still wants it.
   * Only after `tryTake` has failed.
   */
  wait(resource: LimitedResource, offer: () => boolean): void;
  release(resource: LimitedResource): void;
  /** Whether `tryTake` would succeed. */
  hasFree(resource: LimitedResource): boolean;
  /** The place that the caller holds stays taken when it is released, until work that was given up has returned. */
  keepUntil(resource: LimitedResource, returned: PromiseLike<unknown>): void;
  /** Places taken now. */
  taken(resource: LimitedResource): number;
}

/** Fails with a `RangeError` when a limit would let nothing run. */
export function createSlots(limits: Limits): Slots {
  for (const [resource, limit] of Object.entries(limits)) {
    if (!(limit >= 1)) throw new RangeError(`The limit of ${resource} is at least 1, not ${limit}.`);
  }
  const taken = { cpu: 0, network: 0, remote: 0 };
  const waiting: Record<LimitedResource, (() => boolean)[]> = { cpu: [], network: [], remote: [] };
  /** Releases that are still to be passed over: places are alike, so it may be anybody's. */
  const kept = { cpu: 0, network: 0, remote: 0 };
  const slots: Slots = {
    tryTake(resource) {
      if (taken[resource] >= limits[resource]) return false;
      taken[resource]++;
      return true;
    },
    wait(resource, offer) {
      waiting[resource].push(offer);
    },
    release(resource) {
      if (kept[resource] > 0) {
        kept[resource]--;
        return;
      }
      // The place goes to the next one who wants it without becoming free in between, so that nobody can overtake.
      const queue = waiting[resource];
      for (let offer = queue.shift(); offer; offer = queue.shift()) if (offer()) return;
      taken[resource]--;
    },
    hasFree: (resource) => taken[resource] < limits[resource],
    keepUntil(resource, returned) {
      kept[resource]++;
      const release = (): void => slots.release(resource);
      returned.then(release, release);
    },
    taken: (resource) => taken[resource],
  };
  return slots;
}
