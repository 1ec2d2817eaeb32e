import type { LimitedResource, Limits } from "../host.ts";

/**
 * The places that running work takes, shared by all runs of an engine. First come, first served: a run that waits
 * registers once a resource and again behind the others after each place it gets, so runs take turns.
 */
export interface Slots {
  /** Takes a place if one is free. */
  tryTake(resource: LimitedResource): boolean;
  /** Calls `granted` when a place has been taken for the caller. */
  wait(resource: LimitedResource, granted: () => void): void;
  release(resource: LimitedResource): void;
  /** Places taken now. */
  taken(resource: LimitedResource): number;
}

export function createSlots(limits: Limits): Slots {
  const taken = { cpu: 0, network: 0, remote: 0 };
  const waiting: Record<LimitedResource, (() => void)[]> = { cpu: [], network: [], remote: [] };
  return {
    tryTake(resource) {
      if (taken[resource] >= limits[resource]) return false;
      taken[resource]++;
      return true;
    },
    wait(resource, granted) {
      waiting[resource].push(granted);
    },
    release(resource) {
      // The place goes to the next waiter without becoming free in between, so that nobody can overtake.
      const next = waiting[resource].shift();
      if (next) next();
      else taken[resource]--;
    },
    taken: (resource) => taken[resource],
  };
}
