import type { Box } from "../document/graph.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import type { ReteView } from "./rete/rete-view.ts";

/** How many nodes are mounted a frame: few while the camera moves, more when it rests, all at load. */
export const pace = { moving: 2, resting: 10, load: 60 } as const;

/** Mounts the nodes in view and unmounts those that have left it, a few a frame. */
export class NodeWindow {
  readonly #layout: LayoutStore;
  readonly #view: ReteView;
  readonly #mustStay: (id: string) => boolean;
  readonly #mounted = new Set<string>();

  constructor(layout: LayoutStore, view: ReteView, mustStay: (id: string) => boolean) {
    this.#layout = layout;
    this.#view = view;
    this.#mustStay = mustStay;
  }

  has(id: string): boolean {
    return this.#mounted.has(id);
  }

  get ids(): ReadonlySet<string> {
    return this.#mounted;
  }

  /** One frame's work towards an area. Returns whether more is left. */
  step(area: Box, budget: number): boolean {
    const wanted = this.#layout.within(area);
    let left = budget;
    for (const id of wanted) {
      if (this.#mounted.has(id)) continue;
      if (left-- <= 0) return true;
      this.#mount(id);
    }
    // Some nodes around the view stay mounted, so that panning back and forth costs nothing.
    if (this.#mounted.size > wanted.length * 1.15 + 4) return this.#trim(new Set(wanted), budget * 2);
    return false;
  }

  #trim(wanted: ReadonlySet<string>, budget: number): boolean {
    let left = budget;
    for (const id of this.#mounted) {
      if (wanted.has(id) || this.#mustStay(id)) continue;
      if (left-- <= 0) return true;
      this.#unmount(id);
    }
    return false;
  }

  #mount(id: string): void {
    this.#mounted.add(id);
    this.#view.mount(id);
    this.#view.place(id);
  }

  #unmount(id: string): void {
    this.#mounted.delete(id);
    this.#view.unmount(id);
  }

  /** Mounts a node at once, wherever it is: it is to have the focus. */
  ensure(id: string): void {
    if (!this.#mounted.has(id) && this.#layout.box(id)) this.#mount(id);
  }

  /** Places nodes that moved, and lets go of those that are gone. */
  follow(ids: Iterable<string>): void {
    for (const id of ids) {
      if (!this.#mounted.has(id)) continue;
      if (this.#layout.box(id)) this.#view.place(id);
      else this.#unmount(id);
    }
  }

  /** Unmounts everything: another graph is shown. */
  clear(): void {
    for (const id of this.#mounted) this.#unmount(id);
  }
}
