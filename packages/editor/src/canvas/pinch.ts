import type { Point } from "../document/graph.ts";
import type { Canvas } from "./canvas.ts";
import { zoomAt } from "./camera.ts";
import type { Camera } from "./rete/rete-view.ts";

interface Start {
  readonly camera: Camera;
  readonly middle: Point;
  readonly distance: number;
}

/** Two fingers on the canvas zoom and pan it together. */
export class Pinch {
  readonly #canvas: Canvas;
  readonly #fingers = new Map<number, Point>();
  #start: Start | undefined;

  constructor(canvas: Canvas, signal: AbortSignal) {
    this.#canvas = canvas;
    const { container } = canvas;
    container.addEventListener("pointerdown", (event) => this.#down(event), { capture: true, signal });
    window.addEventListener("pointermove", (event) => this.#move(event), { capture: true, signal });
    for (const type of ["pointerup", "pointercancel"] as const)
      window.addEventListener(type, (event) => this.#up(event), { signal });
  }

  get isActive(): boolean {
    return this.#start !== undefined;
  }

  #down(event: PointerEvent): void {
    if (event.pointerType !== "touch") return;
    this.#fingers.set(event.pointerId, this.#canvas.screen(event));
    if (this.#fingers.size !== 2) return;
    this.#start = { camera: { ...this.#canvas.camera }, ...this.#measure() };
    // A frame or a note that the first finger holds loses it, and stays where it was.
    for (const finger of this.#fingers.keys()) this.#canvas.container.setPointerCapture(finger);
  }

  #move(event: PointerEvent): void {
    if (!this.#fingers.has(event.pointerId)) return;
    this.#fingers.set(event.pointerId, this.#canvas.screen(event));
    const start = this.#start;
    if (!start || this.#fingers.size !== 2) return;
    const { middle, distance } = this.#measure();
    const zoomed = zoomAt(start.camera, start.camera.k * (distance / start.distance), start.middle);
    const [dx, dy] = [middle.x - start.middle.x, middle.y - start.middle.y];
    this.#canvas.setCamera({ k: zoomed.k, x: zoomed.x + dx, y: zoomed.y + dy });
  }

  #up(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId);
    if (this.#fingers.size < 2) this.#start = undefined;
  }

  #measure(): { readonly middle: Point; readonly distance: number } {
    const [a, b] = [...this.#fingers.values()] as [Point, Point];
    return {
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)),
    };
  }
}
