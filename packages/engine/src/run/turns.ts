import type { LimitedResource } from "../host.ts";
import type { Resource } from "../node/description.ts";
import type { Slots } from "./slots.ts";
import type { Startable } from "./startable.ts";

/** A node of a graph. */
interface Task {
  readonly graph: Startable;
  readonly node: number;
}

/** The nodes of one run that are ready but have no slot: parked until a slot is granted. */
export interface Turns {
  /** Takes a slot for a node; parks the node and answers false when there is none. */
  take(graph: Startable, node: number, resource: Resource): boolean;
  /** A parked node that holds its slot now. */
  next(): Task | undefined;
  /** Nodes without a slot. */
  readonly parked: number;
  /** Accepts no more slots and gives back what was granted and not begun. */
  close(): void;
}

/** @param onGrant called when `next` has something new; must not start work itself, for others' releases call it. */
export function createTurns(slots: Slots, onGrant: () => void): Turns {
  const parked: Record<LimitedResource, Task[]> = { cpu: [], network: [], remote: [] };
  const isWaiting: Record<LimitedResource, boolean> = { cpu: false, network: false, remote: false };
  const granted: { readonly task: Task; readonly resource: LimitedResource }[] = [];
  let isOpen = true;

  const wait = (resource: LimitedResource): void => {
    if (isWaiting[resource]) return;
    isWaiting[resource] = true;
    slots.wait(resource, () => offer(resource));
  };
  const offer = (resource: LimitedResource): boolean => {
    isWaiting[resource] = false;
    const task = isOpen ? parked[resource].pop() : undefined;
    if (task === undefined) return false;
    granted.push({ task, resource });
    if (parked[resource].length > 0) wait(resource);
    onGrant();
    return true;
  };

  return {
    take(graph, node, resource) {
      if (resource === "none" || slots.tryTake(resource)) return true;
      parked[resource].push({ graph, node });
      wait(resource);
      return false;
    },
    next: () => granted.pop()?.task,
    get parked() {
      return parked.cpu.length + parked.network.length + parked.remote.length;
    },
    close() {
      isOpen = false;
      for (const { resource } of granted.splice(0)) slots.release(resource);
    },
  };
}
