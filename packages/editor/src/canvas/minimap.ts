import type { Box, Point } from "../document/graph.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { seenArea, type Size } from "./camera.ts";
import type { Camera } from "./rete/rete-view.ts";

export interface MinimapColors {
  readonly node: string;
  readonly view: string;
}

/** A small picture of the whole graph with the part that is seen; pressing it goes there. */
export class Minimap {
  readonly #layout: LayoutStore;
  readonly #canvas: HTMLCanvasElement;
  readonly #colorOf: (id: string) => string | undefined;
  #scale = { k: 1, x: 0, y: 0 };

  constructor(
    layout: LayoutStore,
    canvas: HTMLCanvasElement,
    colorOf: (id: string) => string | undefined,
    goTo: (center: Point) => void,
  ) {
    this.#layout = layout;
    this.#canvas = canvas;
    this.#colorOf = colorOf;
    const go = (event: PointerEvent): void => {
      const { left, top } = canvas.getBoundingClientRect();
      const { k, x, y } = this.#scale;
      goTo({ x: (event.clientX - left - x) / k, y: (event.clientY - top - y) / k });
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      go(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (canvas.hasPointerCapture(event.pointerId)) go(event);
    });
  }

  draw(camera: Camera, size: Size, colors: MinimapColors): void {
    const context = this.#canvas.getContext("2d")!;
    const ratio = Math.min(2, devicePixelRatio);
    const { clientWidth: w, clientHeight: h } = this.#canvas;
    if (w === 0) return;
    if (this.#canvas.width !== w * ratio) [this.#canvas.width, this.#canvas.height] = [w * ratio, h * ratio];
    const seen = seenArea(camera, size);
    const all = union(this.#layout.bounds() ?? seen, seen);
    const k = Math.min((w - 12) / all.w, (h - 12) / all.h);
    this.#scale = { k, x: (w - all.w * k) / 2 - all.x * k, y: (h - all.h * k) / 2 - all.y * k };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, w, h);
    this.#drawNodes(context, colors.node);
    const { x, y } = this.#scale;
    context.strokeStyle = colors.view;
    context.lineWidth = 1.5;
    context.strokeRect(seen.x * k + x, seen.y * k + y, seen.w * k, seen.h * k);
  }

  #drawNodes(context: CanvasRenderingContext2D, usual: string): void {
    const { k, x, y } = this.#scale;
    const special: [Box, string][] = [];
    context.fillStyle = usual;
    context.beginPath();
    for (const id of this.#layout.ids) {
      const box = this.#layout.box(id)!;
      const color = this.#colorOf(id);
      if (color !== undefined) special.push([box, color]);
      else context.rect(box.x * k + x, box.y * k + y, Math.max(1.5, box.w * k), Math.max(1.5, box.h * k));
    }
    context.fill();
    for (const [box, color] of special) {
      context.fillStyle = color;
      context.fillRect(box.x * k + x, box.y * k + y, Math.max(2.5, box.w * k), Math.max(2.5, box.h * k));
    }
  }
}

function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
