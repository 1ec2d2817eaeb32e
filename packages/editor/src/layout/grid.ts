import type { Box } from "../document/graph.ts";
import { touches } from "./boxes.ts";

/** Side of a cell, in units of the canvas: about two nodes. */
const side = 600;

/** Boxes by id, found near a place without looking at all of them: each is noted in the cells that it touches. */
export class Grid<T extends Box> {
  readonly #cells = new Map<number, string[]>();
  readonly #boxes = new Map<string, T>();

  get size(): number {
    return this.#boxes.size;
  }

  get ids(): Iterable<string> {
    return this.#boxes.keys();
  }

  get(id: string): T | undefined {
    return this.#boxes.get(id);
  }

  /** Notes a box, in place of the one that it had before. */
  set(id: string, box: T): void {
    const before = this.#boxes.get(id);
    this.#boxes.set(id, box);
    if (before && sameCells(before, box)) return;
    if (before) this.#leave(id, before);
    for (const cell of cellsOf(box)) {
      const ids = this.#cells.get(cell);
      if (ids) ids.push(id);
      else this.#cells.set(cell, [id]);
    }
  }

  delete(id: string): void {
    const box = this.#boxes.get(id);
    if (!box) return;
    this.#boxes.delete(id);
    this.#leave(id, box);
  }

  #leave(id: string, box: Box): void {
    for (const cell of cellsOf(box)) {
      const left = this.#cells.get(cell)?.filter((other) => other !== id) ?? [];
      if (left.length > 0) this.#cells.set(cell, left);
      else this.#cells.delete(cell);
    }
  }

  clear(): void {
    this.#cells.clear();
    this.#boxes.clear();
  }

  /** Ids of the boxes that touch an area. */
  within(area: Box): string[] {
    const cells = cellCount(area);
    if (cells > this.#cells.size) {
      const found: string[] = [];
      for (const [id, box] of this.#boxes) if (touches(box, area)) found.push(id);
      return found;
    }
    const found = new Set<string>();
    for (const cell of cellsOf(area)) {
      for (const id of this.#cells.get(cell) ?? []) if (touches(this.#boxes.get(id)!, area)) found.add(id);
    }
    return [...found];
  }
}

/** Cells are numbered so that a number keys the map; coordinates beyond ± 2²⁰ cells share cells, which is harmless. */
function cellKey(column: number, row: number): number {
  return (column & 0x1fffff) * 0x200000 + (row & 0x1fffff);
}

function range(box: Box) {
  return {
    left: Math.floor(box.x / side),
    right: Math.floor((box.x + box.w) / side),
    top: Math.floor(box.y / side),
    bottom: Math.floor((box.y + box.h) / side),
  };
}

function* cellsOf(box: Box): Generator<number> {
  const { left, right, top, bottom } = range(box);
  for (let column = left; column <= right; column++) {
    for (let row = top; row <= bottom; row++) yield cellKey(column, row);
  }
}

function cellCount(box: Box): number {
  const { left, right, top, bottom } = range(box);
  return (right - left + 1) * (bottom - top + 1);
}

function sameCells(a: Box, b: Box): boolean {
  const [one, two] = [range(a), range(b)];
  return one.left === two.left && one.right === two.right && one.top === two.top && one.bottom === two.bottom;
}
