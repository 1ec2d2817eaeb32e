import { useSyncExternalStore } from "react";

/** One value that components can follow. */
export class Cell<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** The value of a cell, kept up to date. */
export function useCell<T>(cell: Cell<T>): T {
  return useSyncExternalStore(cell.subscribe, () => cell.value);
}

/** Values by key, each of which is followed by itself: a change reaches those that look at its key. */
export class KeyedCells<T> {
  readonly #values = new Map<string, T>();
  readonly #listeners = new Map<string, Set<() => void>>();
  readonly #any = new Set<(key: string) => void>();

  get(key: string): T | undefined {
    return this.#values.get(key);
  }

  keys(): Iterable<string> {
    return this.#values.keys();
  }

  entries(): Iterable<[string, T]> {
    return this.#values.entries();
  }

  set(key: string, value: T | undefined): void {
    if (Object.is(this.#values.get(key), value)) return;
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
    for (const listener of this.#listeners.get(key) ?? []) listener();
    for (const listener of this.#any) listener(key);
  }

  clear(): void {
    for (const key of this.#values.keys()) this.set(key, undefined);
  }

  subscribe(key: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(key) === listeners) this.#listeners.delete(key);
    };
  }

  /** Calls back with the key of every change. */
  onChange(listener: (key: string) => void): () => void {
    this.#any.add(listener);
    return () => this.#any.delete(listener);
  }
}

/** The value under a key, kept up to date. */
export function useKeyed<T>(cells: KeyedCells<T>, key: string): T | undefined {
  return useSyncExternalStore(
    (listener) => cells.subscribe(key, listener),
    () => cells.get(key),
  );
}
