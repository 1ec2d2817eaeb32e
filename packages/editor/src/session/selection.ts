import { Cell } from "../state/cell.ts";

/** Which nodes are selected; session state, never history. */
export class Selection {
  #ids: ReadonlySet<string> = new Set();
  /** A selected link, when no node is. */
  #link: string | undefined;
  /** Which of the points that the selected link is led through. */
  #bend: number | undefined;
  /** The link that what is being dragged would be put on. */
  readonly hint = new Cell<string | undefined>(undefined);
  readonly #listeners = new Set<() => void>();
  readonly #byId = new Map<string, Set<() => void>>();

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get link(): string | undefined {
    return this.#link;
  }

  get bend(): number | undefined {
    return this.#bend;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  set(ids: Iterable<string>): void {
    this.#change(new Set(ids), undefined);
  }

  add(ids: Iterable<string>): void {
    this.#change(new Set([...this.#ids, ...ids]), undefined);
  }

  remove(ids: Iterable<string>): void {
    const gone = new Set(ids);
    this.#change(new Set([...this.#ids].filter((id) => !gone.has(id))), undefined);
  }

  toggle(id: string): void {
    if (this.#ids.has(id)) this.remove([id]);
    else this.add([id]);
  }

  /** Selects a link, and perhaps one of the points that it is led through. */
  setLink(link: string | undefined, bend?: number): void {
    this.#change(new Set(), link, bend);
  }

  #change(ids: ReadonlySet<string>, link: string | undefined, bend?: number): void {
    const before = this.#ids;
    const isSameLink = link === this.#link && bend === this.#bend;
    if (before.size === ids.size && [...ids].every((id) => before.has(id)) && isSameLink) return;
    this.#ids = ids;
    this.#link = link;
    this.#bend = bend;
    for (const id of before) if (!ids.has(id)) this.#fire(id);
    for (const id of ids) if (!before.has(id)) this.#fire(id);
    for (const listener of this.#listeners) listener();
  }

  #fire(id: string): void {
    for (const listener of this.#byId.get(id) ?? []) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  subscribeTo(id: string, listener: () => void): () => void {
    const listeners = this.#byId.get(id) ?? new Set();
    this.#byId.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#byId.get(id) === listeners) this.#byId.delete(id);
    };
  }
}
