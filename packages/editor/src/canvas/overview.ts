import type { Box } from "../document/graph.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { type Curve, near, trace } from "../layout/link-path.ts";
import { card } from "../layout/plan-node.ts";
import type { Link } from "../document/links.ts";
import { fitText, wrapText } from "./fit-text.ts";
import type { Camera } from "./rete/rete-view.ts";
import { seenArea, type Size } from "./camera.ts";

/** How a node looks from afar. */
export interface FarLook {
  readonly title: string;
  /** The colour of its category. */
  readonly mark: string;
  /** What it shows, once that is loaded. */
  readonly picture?: HTMLImageElement;
}

/** Something behind the nodes: a frame or a note. */
export interface FarBox extends Box {
  readonly text: string;
  readonly fill: string;
}

/** Colours of the theme that the overview needs; a canvas knows no style sheet. */
export interface FarColors {
  readonly text: string;
  readonly link: string;
  readonly muted: string;
  readonly card: string;
  /** A card's header. */
  readonly head: string;
  /** Links by what they carry. */
  readonly kinds: Readonly<Record<string, string>>;
}

interface OverviewOptions {
  look(id: string): FarLook;
  /** The colour of a node's edge: it tells most of its state. */
  edge(id: string): string;
  boxes(): readonly FarBox[];
  /** What a link carries. */
  kind(link: Link): string;
}

type Look = readonly [id: string, look: FarLook];

interface Drawing extends Camera {
  readonly time: number;
}

/** From this zoom on there is room for rounded corners, headers and colours. */
const detail = 0.2;
/** From this zoom on there is room for titles and pictures. */
const readable = 0.12;
/** Width of lines in pixels. One that is wider than a pixel takes five times as long: it is filled like an area. */
const hairline = 0.99;

/** The bitmap reaches this many pixels beyond the view, so that panning can move it instead of drawing it. */
const margin = 300;

/** Draws boxes, titles and links on a canvas when the zoom is too far for cards, and for cards that are not mounted yet. */
export class Overview {
  readonly #layout: LayoutStore;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #options: OverviewOptions;
  #size: Size = { w: 0, h: 0 };
  /** Pixels of the bitmap to one of the page. */
  #ratio = 1;
  #drawing: Drawing | undefined;

  constructor(layout: LayoutStore, container: HTMLElement, options: OverviewOptions) {
    this.#layout = layout;
    this.#options = options;
    this.#canvas = document.createElement("canvas");
    this.#canvas.className = "overview";
    this.#canvas.setAttribute("aria-hidden", "true");
    container.prepend(this.#canvas);
    this.#context = this.#canvas.getContext("2d")!;
  }

  resize(size: Size): void {
    this.#size = size;
    const [w, h] = [size.w + 2 * margin, size.h + 2 * margin];
    this.#ratio = Math.min(2, devicePixelRatio);
    [this.#canvas.width, this.#canvas.height] = [w * this.#ratio, h * this.#ratio];
    Object.assign(this.#canvas.style, { width: `${w}px`, height: `${h}px` });
    this.#drawing = undefined;
  }

  hide(): void {
    this.#canvas.style.display = "none";
    this.#drawing = undefined;
  }

  invalidate(): void {
    this.#drawing = undefined;
  }

  /**
   * Shows the overview. While the camera moves, the bitmap of a moment ago is moved and scaled; it returns false then, and
   * wants to be drawn again when the camera rests.
   */
  show(camera: Camera, isMoving: boolean, colors: FarColors, skip?: (id: string) => boolean): boolean {
    this.#canvas.style.display = "";
    if (isMoving && !skip && this.#reuse(camera)) return false;
    this.#draw(camera, colors, skip);
    return true;
  }

  #reuse({ x, y, k }: Camera): boolean {
    const drawing = this.#drawing;
    if (!drawing) return false;
    const scale = k / drawing.k;
    const left = x + margin - (drawing.x + margin) * scale;
    const top = y + margin - (drawing.y + margin) * scale;
    const covers =
      left <= margin &&
      top <= margin &&
      left + (this.#size.w + 2 * margin) * scale >= margin + this.#size.w &&
      top + (this.#size.h + 2 * margin) * scale >= margin + this.#size.h;
    const isFine = covers && scale < 1.6 && scale > 0.62;
    if (!isFine && performance.now() - drawing.time > 60) return false;
    this.#canvas.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
    return true;
  }

  #draw(camera: Camera, colors: FarColors, skip?: (id: string) => boolean): void {
    const { x, y, k } = camera;
    const context = this.#context;
    this.#canvas.style.transform = "";
    this.#drawing = skip ? undefined : { x, y, k, time: performance.now() };
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    const [ratio, zoom] = [this.#ratio, this.#ratio * k];
    context.setTransform(zoom, 0, 0, zoom, (x + margin) * ratio, (y + margin) * ratio);
    const area = seenArea(camera, this.#size, margin);
    const ids = this.#layout.within(area);
    if (!skip) {
      this.#drawBackground(k, colors.muted);
      this.#drawLinks(area, k, colors);
    }
    const drawn = skip ? ids.filter((id) => !skip(id)) : ids;
    this.#drawBoxes(drawn, k, colors.card);
    if (k > detail) this.#drawHeads(drawn, colors.head);
    if (k > readable) {
      const looks = drawn.map((id) => [id, this.#options.look(id)] as const);
      this.#drawTitles(looks, k, colors.text);
      this.#drawPictures(looks);
    }
  }

  #drawBackground(k: number, color: string): void {
    const context = this.#context;
    for (const { x, y, w, h, text, fill } of this.#options.boxes()) {
      context.fillStyle = fill;
      context.fillRect(x, y, w, h);
      if (k < readable) continue;
      const font = Math.min(13 / k, h / 2, 28);
      context.fillStyle = color;
      context.font = `${font}px system-ui, sans-serif`;
      context.textBaseline = "top";
      const lines = wrapText(context, text, w - 24, Math.floor((h - 16) / (font * 1.3)));
      lines.forEach((line, i) => context.fillText(line, x + 12, y + 8 + i * font * 1.3));
    }
  }

  #drawPictures(looks: readonly Look[]): void {
    for (const [id, { picture }] of looks) {
      const row = this.#layout.plan(id)?.rows.find(({ kind }) => kind === "picture");
      if (!picture || !row) continue;
      const { x, y, w } = this.#layout.box(id)!;
      const space = { w: w - 16, h: row.height - 8 };
      const scale = Math.min(space.w / picture.naturalWidth, space.h / picture.naturalHeight);
      const size = { w: picture.naturalWidth * scale, h: picture.naturalHeight * scale };
      const corner = { x: x + 8 + (space.w - size.w) / 2, y: y + row.y + 4 + (space.h - size.h) / 2 };
      this.#context.drawImage(picture, corner.x, corner.y, size.w, size.h);
    }
  }

  /** All links of one colour are one path. */
  #drawLinks(area: Box, k: number, colors: FarColors): void {
    const context = this.#context;
    const groups = new Map<string, Curve[]>();
    for (const link of this.#layout.links()) {
      const curve = this.#layout.curve(link);
      if (!curve || !near(curve, area)) continue;
      const color = k > detail ? (colors.kinds[this.#options.kind(link)] ?? colors.link) : colors.link;
      const group = groups.get(color);
      if (group) group.push(curve);
      else groups.set(color, [curve]);
    }
    context.lineWidth = hairline / k;
    context.globalAlpha = k > detail ? 0.8 : 1;
    for (const [color, curves] of groups) {
      context.strokeStyle = color;
      context.beginPath();
      for (const curve of curves) trace(context, curve, k < 0.15);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** All boxes with one edge are one path: a fill for each box would cost ten times as much. */
  #drawBoxes(ids: readonly string[], k: number, fill: string): void {
    const context = this.#context;
    const groups = new Map<string, string[]>();
    for (const id of ids) {
      const edge = this.#options.edge(id);
      const group = groups.get(edge);
      if (group) group.push(id);
      else groups.set(edge, [id]);
    }
    for (const [edge, group] of groups) {
      context.beginPath();
      for (const id of group) {
        const { x, y, w, h } = this.#layout.box(id)!;
        if (k > detail) context.roundRect(x, y, w, h, 10);
        else context.rect(x, y, w, h);
      }
      context.fillStyle = fill;
      context.fill();
      context.strokeStyle = edge;
      context.lineWidth = hairline / k;
      context.stroke();
    }
  }

  #drawHeads(ids: readonly string[], color: string): void {
    const context = this.#context;
    context.fillStyle = color;
    context.beginPath();
    for (const id of ids) {
      const { x, y, w, h } = this.#layout.box(id)!;
      context.roundRect(x + 1, y + 1, w - 2, Math.min(card.header, h) - 1, [9, 9, 0, 0]);
    }
    context.fill();
  }

  /** Titles are as large as they need to be to be read from here, as far as the box allows. */
  #drawTitles(looks: readonly Look[], k: number, color: string): void {
    const context = this.#context;
    context.textBaseline = "top";
    for (const [id, look] of looks) {
      const { x, y, w, h } = this.#layout.box(id)!;
      const size = Math.min(Math.max(14, 11 / k), h - 8, w / 8);
      context.fillStyle = look.mark;
      context.beginPath();
      if (k > detail) context.roundRect(x, y, 6, h, [10, 0, 0, 10]);
      else context.rect(x, y, 6, h);
      context.fill();
      context.fillStyle = color;
      context.font = `600 ${size}px system-ui, sans-serif`;
      context.fillText(fitText(context, look.title, w - 22), x + 14, y + 9);
    }
  }
}
