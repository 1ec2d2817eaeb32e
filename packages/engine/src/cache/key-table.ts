/** The place in a table is free, and was always: a search ends here. */
const FREE = 0;
/** A key was removed from here: a search goes on. */
const GONE = -1;

/**
 * Numbers for keys: each key that is added has a slot, which is free again when it is removed. Cache keys are hashes, so their
 * first letters say where to look, and a search that finds nothing reads integers only. A `Map` compares the texts of
 * other keys, which lie all over memory.
 */
export class KeyTable {
  /** Slot + 1 of a key whose mark leads here or to a place before; the length is a power of two. */
  #places = new Int32Array(64);
  /** Places that are not free. */
  #taken = 0;
  readonly #keys: (string | undefined)[] = [];
  readonly #marks: number[] = [];
  /** Slots of removed keys, the last one on top. */
  readonly #unused: number[] = [];

  /** How many keys it has. */
  get size(): number {
    return this.#keys.length - this.#unused.length;
  }

  /** One more than the highest slot that was ever used. */
  get slots(): number {
    return this.#keys.length;
  }

  /** The slot of a key; -1 when it has none. */
  find(key: string): number {
    const mark = markOf(key);
    const last = this.#places.length - 1;
    for (let place = mark & last; ; place = (place + 1) & last) {
      const slot = this.#places[place]! - 1;
      if (slot === FREE - 1) return -1;
      if (slot >= 0 && this.#marks[slot] === mark && this.#keys[slot] === key) return slot;
    }
  }

  /** Gives a slot to a key that has none. */
  add(key: string): number {
    if (this.#taken * 2 >= this.#places.length) this.#rebuild();
    const slot = this.#unused.pop() ?? this.#keys.length;
    this.#keys[slot] = key;
    this.#marks[slot] = markOf(key);
    this.#put(slot);
    return slot;
  }

  /** Takes the slot from its key. */
  remove(slot: number): void {
    const last = this.#places.length - 1;
    let place = this.#marks[slot]! & last;
    while (this.#places[place] !== slot + 1) place = (place + 1) & last;
    this.#places[place] = GONE;
    this.#keys[slot] = undefined;
    this.#unused.push(slot);
  }

  #put(slot: number): void {
    const last = this.#places.length - 1;
    let place = this.#marks[slot]! & last;
    while (this.#places[place] !== FREE) place = (place + 1) & last;
    this.#places[place] = slot + 1;
    this.#taken++;
  }

  /** Makes a table in which a quarter of the places is taken. */
  #rebuild(): void {
    let length = 64;
    while (length < this.size * 4) length *= 2;
    this.#places = new Int32Array(length);
    this.#taken = 0;
    for (let slot = 0; slot < this.#keys.length; slot++) if (this.#keys[slot] !== undefined) this.#put(slot);
  }
}

/** A number of 31 bits made of the first eight letters. */
function markOf(key: string): number {
  let mark = 0;
  for (let i = 0; i < 8 && i < key.length; i++) mark = (Math.imul(mark, 31) + key.charCodeAt(i)) & 0x7fffffff;
  return mark;
}
