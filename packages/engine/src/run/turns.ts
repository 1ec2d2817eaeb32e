import type { LimitedResource } from "../host.ts";
import type { Resource } from "../node/description.ts";
import type { Slots } from "./slots.ts";
import type { Startable } from "./startable.ts";

/** A node of a graph. */
interface Task {
  readonly graph: Startable;
  readonly node: number;
}

/**
 * The nodes of one run that are ready but have no slot: parked until a slot is granted. A class, because a getter in an
 * object literal gives each object a hidden class of its own, which holds all of its run until a full collection.
 */
export class Turns {
  readonly #slots: Slots;
  readonly #onGrant: () => void;
  readonly #parked: Record<LimitedResource, Task[]> = { cpu: [], network: [], remote: [] };
  readonly #isWaiting: Record<LimitedResource, boolean> = { cpu: false, network: false, remote: false };
  readonly #granted: { readonly task: Task; readonly resource: LimitedResource }[] = [];
  #isOpen = true;

  /** @param onGrant called when `next` has something new; must not start work itself, for others' releases call it. */
  constructor(slots: Slots, onGrant: () => void) {
    this.#slots = slots;
    this.#onGrant = onGrant;
  }

  /** Takes a slot for a node; parks the node and answers false when there is none. */
  take(graph: Startable, node: number, resource: Resource): boolean {
    if (resource === "none" || this.#slots.tryTake(resource)) return true;
    this.#parked[resource].push({ graph, node });
    this.#wait(resource);
    return false;
  }

  /** A parked node that holds its slot now. */
  next(): Task | undefined {
    return this.#granted.pop()?.task;
  }

  /** How many nodes have no slot. */
  get parked(): number {
    const { cpu, network, remote } = this.#parked;
    return cpu.length + network.length + remote.length;
  }

  /** Accepts no more slots and gives back what was granted and not begun. */
  close(): void {
    this.#isOpen = false;
    for (const { resource } of this.#granted.splice(0)) this.#slots.release(resource);
  }

  #wait(resource: LimitedResource): void {
    if (this.#isWaiting[resource]) return;
    this.#isWaiting[resource] = true;
    this.#slots.wait(resource, () => this.#offer(resource));
  }

  #offer(resource: LimitedResource): boolean {
    this.#isWaiting[resource] = false;
    const task = this.#isOpen ? this.#parked[resource].pop() : undefined;
    if (task === undefined) return false;
    this.#granted.push({ task, resource });
    if (this.#parked[resource].length > 0) this.#wait(resource);
    this.#onGrant();
    return true;
  }
}
