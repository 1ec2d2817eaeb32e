import type { Box, Point } from "../document/graph.ts";
import { contains, union } from "../layout/boxes.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { seenArea, type Size } from "./camera.ts";
import type { Camera } from "./rete/rete-view.ts";

export interface MinimapColors {
  readonly node: string;
  readonly accent: string;
}

interface MinimapOptions {
  /** What is special about a node, as a colour. */
  colorOf(id: string): string | undefined;
  goTo(center: Point): void;
  /** Asks for a frame, in which `draw` is called. */
  requestFrame(): void;
}

/** From the canvas's units to pixels of the minimap: × k + (x, y). */
interface Scale extends Point {
  readonly k: number;
}

/** Left, top, width and height. */
type Rectangle = [number, number, number, number];

const margin = 6;
/** All nodes are drawn this long after they changed, in milliseconds: thousands take longer than a frame has. */
const pause = 250;

/**
 * A small picture of the whole graph with the part that is seen; pressing it goes there. The picture is drawn when nodes
 * changed; while the camera moves, only a frame over it does.
 */
export class Minimap {
  readonly #layout: LayoutStore;
  readonly #element: HTMLElement;
  readonly #nodes = document.createElement("canvas");
  /** Nodes in hand, over the picture of all others. */
  readonly #held = document.createElement("canvas");
  readonly #seen = document.createElement("div");
  readonly #options: MinimapOptions;
  readonly #stop = new AbortController();
  /** Measured when it changes: to ask in a frame would lay the page out. */
  #size: Size = { w: 0, h: 0 };
  #bounds: Box | undefined;
  /** How the picture was drawn, and how it is shown: smaller when the view is outside of the graph. */
  #drawn: Scale | undefined;
  #shown: Scale = { k: 1, x: 0, y: 0 };
  /** Where the frame and the nodes in hand are. */
  #places = { seen: "", held: "" };
  #isStale = true;
  /** Nodes that a gesture moves. */
  readonly #moving = new Set<string>();
  /** Those are drawn with the others the next time. */
  #isAtRest = false;
  #colors: MinimapColors | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(layout: LayoutStore, element: HTMLElement, options: MinimapOptions) {
    this.#layout = layout;
    this.#element = element;
    this.#options = options;
    this.#nodes.className = "minimap-nodes";
    this.#held.className = "minimap-held";
    this.#seen.className = "minimap-seen";
    element.replaceChildren(this.#nodes, this.#held, this.#seen);
    this.#listen();
    this.#measure();
  }

  #listen(): void {
    const { signal } = this.#stop;
    const element = this.#element;
    const go = (event: PointerEvent): void => {
      const { left, top } = element.getBoundingClientRect();
      const { k, x, y } = this.#shown;
      this.#options.goTo({ x: (event.clientX - left - x) / k, y: (event.clientY - top - y) / k });
    };
    element.addEventListener(
      "pointerdown",
      (event) => {
        element.setPointerCapture(event.pointerId);
        go(event);
      },
      { signal },
    );
    element.addEventListener("pointermove", (event) => element.hasPointerCapture(event.pointerId) && go(event), {
      signal,
    });
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(element);
    signal.addEventListener("abort", () => observer.disconnect());
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
    const { clientWidth: w, clientHeight: h } = this.#element;
    if (w === 0 || (w === this.#size.w && h === this.#size.h)) return;
    this.#size = { w, h };
    const ratio = pixelRatio();
    for (const canvas of [this.#nodes, this.#held]) [canvas.width, canvas.height] = [w * ratio, h * ratio];
    this.#drawn = undefined;
    this.#isStale = true;
    this.#options.requestFrame();
  }

  draw(camera: Camera, size: Size, colors: MinimapColors): void {
    if (this.#size.w === 0) return;
    if (colors !== this.#colors) this.#isStale = true;
    this.#colors = colors;
    if (this.#isStale) this.#timer ??= setTimeout(() => this.#refresh(), pause);
    if (!this.#drawn) return;
    const seen = seenArea(camera, size);
    const bounds = this.#bounds ?? seen;
    this.#show(contains(bounds, seen) ? bounds : union(bounds, seen));
    this.#frame(seen);
    this.#drawHeld(colors.accent);
  }

  /** Shows an area: by scaling the picture, which shows the graph. */
  #show(area: Box): void {
    const shown = scaleTo(area, this.#size);
    if (shown.k === this.#shown.k && shown.x === this.#shown.x && shown.y === this.#shown.y) return;
    this.#shown = shown;
    const { k, x, y } = this.#drawn!;
    const scale = shown.k / k;
    const transform = `translate(${shown.x - x * scale}px, ${shown.y - y * scale}px) scale(${scale})`;
    for (const { style } of [this.#nodes, this.#held]) style.transform = transform;
  }

  /** Frames what is seen. */
  #frame(seen: Box): void {
    const { k, x, y } = this.#shown;
    const [w, h] = [Math.round(seen.w * k), Math.round(seen.h * k)];
    const place = `translate(${Math.round(seen.x * k + x)}px, ${Math.round(seen.y * k + y)}px)`;
    if (this.#places.seen === `${place} ${w} ${h}`) return;
    this.#places.seen = `${place} ${w} ${h}`;
    Object.assign(this.#seen.style, { transform: place, width: `${w}px`, height: `${h}px` });
  }

  #drawHeld(color: string): void {
    const rectangles = [...this.#moving].map((id) => this.#rectangle(id)).filter((place) => place !== undefined);
    const places = rectangles.join();
    if (places === this.#places.held) return;
    this.#places.held = places;
    const context = this.#begin(this.#held);
    context.fillStyle = color;
    for (const rectangle of rectangles) context.fillRect(...rectangle);
  }

  /** Where a node is in the picture, to half a pixel: smaller moves are not seen. */
  #rectangle(id: string): Rectangle | undefined {
    const [box, { k, x, y }] = [this.#layout.box(id), this.#drawn!];
    const half = (value: number) => Math.round(value * 2) / 2;
    return box && [half(box.x * k + x), half(box.y * k + y), Math.max(2.5, box.w * k), Math.max(2.5, box.h * k)];
  }

  #refresh(): void {
    this.#timer = undefined;
    if (this.#size.w === 0 || !this.#colors) return;
    if (this.#isAtRest) this.#moving.clear();
    this.#isStale = false;
    this.#drawNodes(this.#colors.node);
    this.#shown = { k: 0, x: 0, y: 0 };
    this.#places.held = "stale";
    this.#options.requestFrame();
  }

  #begin(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext("2d")!;
    const ratio = pixelRatio();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.#size.w, this.#size.h);
    return context;
  }

  #drawNodes(usual: string): void {
    const bounds = (this.#bounds = this.#layout.bounds());
    const { k, x, y } = (this.#drawn = scaleTo(bounds ?? { x: 0, y: 0, w: 1, h: 1 }, this.#size));
    const context = this.#begin(this.#nodes);
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

/** The scale that shows an area as large as it fits, in the middle. */
function scaleTo(area: Box, { w, h }: Size): Scale {
  const k = Math.min((w - 2 * margin) / area.w, (h - 2 * margin) / area.h);
  return { k, x: (w - area.w * k) / 2 - area.x * k, y: (h - area.h * k) / 2 - area.y * k };
}
