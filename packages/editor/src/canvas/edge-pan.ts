import type { Point } from "../document/graph.ts";
import type { Canvas } from "./canvas.ts";

/** So near to the edge of the canvas the view moves, in pixels of the screen, and so fast at most, a frame. */
const [band, fastest] = [36, 16];

/** Moves the view while what is dragged is held at the canvas's edge. */
export class EdgePan {
  readonly #canvas: Canvas;
  #at: Point | undefined;
  #moved: (() => void) | undefined;
  #frame = 0;

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  /** The pointer is there; `moved` goes on with the gesture when the view went on. */
  follow(screen: Point, moved: () => void): void {
    this.#at = screen;
    this.#moved = moved;
    if (this.#frame === 0 && this.#isAtEdge()) this.#frame = requestAnimationFrame(() => this.#step());
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#at = undefined;
  }

  #step(): void {
    this.#frame = 0;
    const by = this.#speed();
    if (by.x === 0 && by.y === 0) return;
    this.#canvas.pan(by.x, by.y);
    this.#moved?.();
    this.#frame = requestAnimationFrame(() => this.#step());
  }

  #isAtEdge(): boolean {
    const { x, y } = this.#speed();
    return x !== 0 || y !== 0;
  }

  #speed(): Point {
    const [at, { w, h }] = [this.#at, this.#canvas.size];
    return at ? { x: speed(at.x, w), y: speed(at.y, h) } : { x: 0, y: 0 };
  }
}

/** Faster the nearer to the edge; the view goes the other way. */
function speed(at: number, length: number): number {
  const near = (away: number) => Math.min(1, Math.max(0, (band - away) / band)) * fastest;
  return near(at) - near(length - at);
}
