import { memo, type ReactNode, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { SharedListeners } from "./shared-listeners.ts";

/** What Rete's renderer takes for a React root. */
export interface HubRoot {
  render(children: ReactNode): void;
  unmount(): void;
}

/** Gives Rete "roots" that are portals of the one React tree: one root for all nodes, and contexts reach them. */
export class PortalHub {
  #portals: ReadonlyMap<Element | DocumentFragment, ReactNode> = new Map();
  readonly #wanted = new Map<Element | DocumentFragment, ReactNode>();
  #isTelling = false;
  readonly #listeners = new Set<() => void>();
  #events: SharedListeners | undefined;

  /** Events of what is rendered are heard on the element that holds it all. */
  listenOn(holder: HTMLElement): void {
    this.#events = new SharedListeners(holder);
  }

  readonly createRoot = (container: Element | DocumentFragment): HubRoot => {
    if (container instanceof Element) this.#events?.adopt(container);
    return {
      render: (children) => {
        this.#wanted.set(container, children);
        this.#tell();
      },
      unmount: () => {
        this.#wanted.delete(container);
        this.#tell();
      },
    };
  };

  /** Rete renders node by node; React does so once for all that a frame mounts and unmounts. */
  #tell(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      this.#portals = new Map(this.#wanted);
      for (const listener of this.#listeners) listener();
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly portals = (): ReadonlyMap<Element | DocumentFragment, ReactNode> => this.#portals;
}

const keys = new WeakMap<object, string>();
let count = 0;

function keyOf(container: object): string {
  const key = keys.get(container) ?? `portal-${count++}`;
  keys.set(container, key);
  return key;
}

const Portal = memo(({ into, children }: { readonly into: Element | DocumentFragment; readonly children: ReactNode }) =>
  createPortal(children, into),
);

/** Renders what Rete has mounted. */
export function Portals({ hub }: { readonly hub: PortalHub }): ReactNode {
  const portals = useSyncExternalStore(hub.subscribe, hub.portals);
  return [...portals].map(([container, children]) => (
    <Portal key={keyOf(container)} into={container}>
      {children}
    </Portal>
  ));
}
