import type { Point } from "../document/graph.ts";

/** What two fingers have done to a picture since the last time: scaled it around a point, and moved it. */
export interface Pinch {
  readonly factor: number;
  readonly middle: Point;
  readonly dx: number;
  readonly dy: number;
}

/** The fingers on a stage, by pointer. */
export class Fingers {
  readonly #places = new Map<number, Point>();

  get count(): number {
    return this.#places.size;
  }

  down(id: number, at: Point): void {
    this.#places.set(id, at);
  }

  /** Moves a finger; with another one on the stage, tells what both did. */
  move(id: number, at: Point): Pinch | undefined {
    const before = this.#places.get(id);
    if (!before) return undefined;
    this.#places.set(id, at);
    const other = [...this.#places].find(([key]) => key !== id)?.[1];
    if (!other) return undefined;
    const [old, now] = [distance(before, other), distance(at, other)];
    return {
      factor: old > 0 && now > 0 ? now / old : 1,
      middle: { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 },
      dx: (at.x - before.x) / 2,
      dy: (at.y - before.y) / 2,
    };
  }

  up(id: number): void {
    this.#places.delete(id);
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
