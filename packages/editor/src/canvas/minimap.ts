import type { Box, Point } from "../document/graph.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { seenArea, type Size } from "./camera.ts";
import type { Camera } from "./rete/rete-view.ts";

export interface MinimapColors {
  readonly node: string;
  readonly view: string;
}

interface MinimapOptions {
  /** What is special about a node, as a colour. */
  colorOf(id: string): string | undefined;
  goTo(center: Point): void;
  /** Asks for a frame, in which `draw` is called. */
  requestFrame(): void;
}

/** All nodes as they were drawn last, and which part of the canvas that shows. */
interface Drawn {
  readonly bounds: Box | undefined;
  readonly k: number;
  readonly time: number;
}

/** Left, top, width and height. */
type Rectangle = [number, number, number, number];

const margin = 6;
/** All nodes are drawn this long after they changed, in milliseconds: thousands take longer than a frame has. */
const pause = 250;

/** A small picture of the whole graph with the part that is seen; pressing it goes there. */
export class Minimap {
  readonly #layout: LayoutStore;
  readonly #canvas: HTMLCanvasElement;
  readonly #nodes = document.createElement("canvas");
  readonly #options: MinimapOptions;
  readonly #stop = new AbortController();
  /** Measured when it changes: to ask in a frame would lay the page out. */
  #size: Size = { w: 0, h: 0 };
  #drawn: Drawn | undefined;
  /** What the picture was drawn from last. */
  #shown = "";
  #isStale = true;
  /** Nodes that a gesture moves: they are drawn by themselves, over the picture of all others. */
  readonly #moving = new Set<string>();
  /** Those that were moved are drawn with the others the next time. */
  #isAtRest = false;
  #colors: MinimapColors | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #scale = { k: 1, x: 0, y: 0 };

  constructor(layout: LayoutStore, canvas: HTMLCanvasElement, options: MinimapOptions) {
    this.#layout = layout;
    this.#canvas = canvas;
    this.#options = options;
    const { signal } = this.#stop;
    const go = (event: PointerEvent): void => {
      const { left, top } = canvas.getBoundingClientRect();
      const { k, x, y } = this.#scale;
      options.goTo({ x: (event.clientX - left - x) / k, y: (event.clientY - top - y) / k });
    };
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        canvas.setPointerCapture(event.pointerId);
        go(event);
      },
      { signal },
    );
    canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && go(event), {
      signal,
    });
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(canvas);
    signal.addEventListener("abort", () => observer.disconnect());
    this.#measure();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
  }

  /** Nodes moved, came, went or look otherwise. */
  invalidate(): void {
    this.#isStale = true;
    this.#isAtRest = true;
  }

  /** Nodes are moved by a gesture. */
  follow(ids: Iterable<string>): void {
    for (const id of ids) {
      if (this.#moving.has(id)) continue;
      this.#moving.add(id);
      this.#isStale = true;
      this.#isAtRest = false;
    }
  }

  #measure(): void {
    const { clientWidth: w, clientHeight: h } = this.#canvas;
    if (w === 0 || (w === this.#size.w && h === this.#size.h)) return;
    this.#size = { w, h };
    const ratio = pixelRatio();
    for (const canvas of [this.#canvas, this.#nodes]) [canvas.width, canvas.height] = [w * ratio, h * ratio];
    this.#drawn = undefined;
    this.#isStale = true;
    this.#options.requestFrame();
  }

  draw(camera: Camera, size: Size, colors: MinimapColors): void {
    const { w, h } = this.#size;
    if (w === 0) return;
    if (colors !== this.#colors) this.#isStale = true;
    this.#colors = colors;
    if (this.#isStale) this.#timer ??= setTimeout(() => this.#refresh(), pause);
    if (!this.#drawn) return;
    const { bounds, k: drawnAt, time } = this.#drawn;
    const seen = seenArea(camera, size);
    const all = union(bounds ?? seen, seen);
    const k = Math.min((w - 2 * margin) / all.w, (h - 2 * margin) / all.h);
    this.#scale = { k, x: (w - all.w * k) / 2 - all.x * k, y: (h - all.h * k) / 2 - all.y * k };
    const { x, y } = this.#scale;
    const moving = this.#rectangles(this.#moving);
    const shown = `${time} ${seen.x} ${seen.y} ${seen.w} ${seen.h} ${moving.join()}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const context = this.#begin(this.#canvas);
    if (bounds) {
      const [left, top] = [bounds.x * k + x - (margin * k) / drawnAt, bounds.y * k + y - (margin * k) / drawnAt];
      context.drawImage(this.#nodes, left, top, (w * k) / drawnAt, (h * k) / drawnAt);
    }
    context.fillStyle = colors.view;
    for (const rectangle of moving) context.fillRect(...rectangle);
    context.strokeStyle = colors.view;
    context.lineWidth = 1.5;
    context.strokeRect(seen.x * k + x, seen.y * k + y, seen.w * k, seen.h * k);
  }

  #begin(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext("2d")!;
    const ratio = pixelRatio();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#size.w, this.#size.h);
    return context;
  }

  /** Where nodes are in the picture, to half a pixel: smaller moves are not seen. */
  #rectangles(ids: Iterable<string>): Rectangle[] {
    const { k, x, y } = this.#scale;
    const half = (value: number) => Math.round(value * 2) / 2;
    return [...ids].flatMap((id): Rectangle[] => {
      const box = this.#layout.box(id);
      return box
        ? [[half(box.x * k + x), half(box.y * k + y), Math.max(2.5, box.w * k), Math.max(2.5, box.h * k)]]
        : [];
    });
  }

  #refresh(): void {
    this.#timer = undefined;
    if (this.#size.w === 0 || !this.#colors) return;
    if (this.#isAtRest) this.#moving.clear();
    this.#drawNodes(this.#colors.node);
    this.#options.requestFrame();
  }

  #drawNodes(usual: string): void {
    const { w, h } = this.#size;
    const bounds = this.#layout.bounds();
    const k = bounds ? Math.min((w - 2 * margin) / bounds.w, (h - 2 * margin) / bounds.h) : 1;
    this.#isStale = false;
    this.#drawn = { bounds, k, time: performance.now() };
    const context = this.#begin(this.#nodes);
    if (!bounds) return;
    const [x, y] = [margin - bounds.x * k, margin - bounds.y * k];
    const special: [Box, string][] = [];
    context.fillStyle = usual;
    context.beginPath();
    for (const id of this.#layout.ids) {
      if (this.#moving.has(id)) continue;
      const box = this.#layout.box(id)!;
      const color = this.#options.colorOf(id);
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

function pixelRatio(): number {
  return Math.min(2, devicePixelRatio);
}

function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
