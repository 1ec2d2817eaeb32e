import type { Editor } from "../app/editor.ts";
import type { Box, Point } from "../document/graph.ts";
import type { Link } from "../document/links.ts";
import { framesOf, notesOf } from "../document/view.ts";
import { union } from "../layout/boxes.ts";
import { type BendPlace, bendAt } from "./bend-links.ts";
import { clampZoom, fit, overviewZoom, plainZoom, seenArea, type Size, toCanvas, zoomAt } from "./camera.ts";
import { farBoxes, farEdge, farLook, linkKind, linkLook, nodeColor, themeColors } from "./looks.ts";
import { LinkLayer } from "./link-layer.ts";
import { Minimap } from "./minimap.ts";
import { NodeWindow, pace } from "./node-window.ts";
import { Overlay } from "./overlay.ts";
import { Overview } from "./overview.ts";
import type { PortalHub } from "./rete/portal-hub.tsx";
import { type Camera, createReteView, type ReteEvents, type ReteView } from "./rete/rete-view.ts";

/** How far beyond the view nodes are mounted, and links are drawn, in units of the canvas. */
const margins = { nodes: 96, links: 400 } as const;
/** A moment without movement, in milliseconds. */
const rest = 120;

/** What Canvas asks of the gestures. */
export interface CanvasGestures extends Pick<ReteEvents, "picked" | "dragged" | "dropped" | "link"> {
  /** Nodes that a gesture holds stay mounted. */
  holds(id: string): boolean;
}

/** Draws the document, a frame at a time and only when something changed. */
export class Canvas {
  readonly container: HTMLElement;
  readonly overlay: Overlay;
  readonly links: LinkLayer;
  readonly #editor: Editor;
  readonly #view: ReteView;
  readonly #window: NodeWindow;
  readonly #overview: Overview;
  #minimap: Minimap | undefined;
  readonly #stop: (() => void)[] = [];
  #size: Size = { w: 1, h: 1 };
  /** Where the canvas is on the page; to ask for it in a gesture would lay the page out in every step. */
  #corner: Point = { x: 0, y: 0 };
  #frame = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #movedAt = 0;
  #isFar = false;
  #isNew = true;
  /** Nodes that a gesture has moved since the last frame. */
  readonly #movedNodes = new Set<string>();
  /** Nodes that were read anew since. */
  readonly #changedNodes = new Set<string>();

  constructor(
    editor: Editor,
    container: HTMLElement,
    hub: PortalHub,
    options: {
      readonly gestures: (canvas: Canvas) => CanvasGestures;
      readonly render: ReteEvents["render"];
    },
  ) {
    this.#editor = editor;
    this.container = container;
    const gestures = options.gestures(this);
    this.#view = createReteView(container, hub, {
      ...bound(gestures),
      camera: () => this.#cameraMoved(),
      place: (id) => editor.layout.box(id),
      render: options.render,
    });
    const focused = (id: string) => this.#view.element(id)?.contains(document.activeElement) ?? false;
    this.#window = new NodeWindow(editor.layout, this.#view, (id) => gestures.holds(id) || focused(id));
    this.links = new LinkLayer(editor.layout, this.#view.holder, {
      look: (link) => linkLook(editor, link),
      chosenBend: ({ id }) => (editor.selection.link === id ? editor.selection.bend : undefined),
    });
    this.#overview = new Overview(editor.layout, container, {
      look: (id) => farLook(editor, id, () => this.#drawSoon()),
      edge: (id) => farEdge(editor, id),
      boxes: () => farBoxes(editor),
      kind: (link) => linkKind(editor, link),
    });
    this.overlay = new Overlay(container, this.#view.holder);
    this.#listen();
    this.resize();
  }

  /** Draws the minimap into an element of the page, or nowhere. */
  setMinimap(element: HTMLElement | undefined): void {
    this.#minimap?.stop();
    this.#minimap =
      element &&
      new Minimap(this.#editor.layout, element, {
        colorOf: (id) => nodeColor(this.#editor, id),
        goTo: (center) => this.center(center),
        requestFrame: () => this.requestFrame(),
      });
    this.requestFrame();
  }

  get camera(): Camera {
    return this.#view.camera;
  }

  get size(): Size {
    return this.#size;
  }

  get holder(): HTMLElement {
    return this.#view.holder;
  }

  #listen(): void {
    const { layout, selection, states, problems, linking } = this.#editor;
    const lookAgain = () => {
      this.links.invalidate();
      this.#overview.invalidate();
      this.#minimap?.invalidate();
      this.requestFrame();
    };
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(this.container);
    const locate = () => this.#locate();
    this.container.addEventListener("pointerdown", locate, { capture: true });
    window.addEventListener("resize", locate);
    this.#stop.push(
      () => observer.disconnect(),
      () => window.removeEventListener("resize", locate),
      layout.onChange(({ nodes, links, isGesture }) => {
        const changed = isGesture ? this.#movedNodes : this.#changedNodes;
        for (const id of nodes) changed.add(id);
        if (links) this.links.invalidate();
        this.#overview.invalidate();
        if (isGesture) this.#minimap?.follow(nodes);
        else this.#minimap?.invalidate();
        this.requestFrame();
      }),
      this.#editor.document.onChange(({ origin }) => {
        if (origin !== "load" && origin !== "scope") return;
        this.#window.clear();
        this.#isNew = true;
        this.#showFirst();
      }),
      selection.subscribe(lookAgain),
      selection.hint.subscribe(lookAgain),
      linking.subscribe(lookAgain),
      states.onChange(lookAgain),
      problems.byNode.onChange(lookAgain),
    );
  }

  /** Pictures came for the overview: most come together. */
  #drawSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#overview.invalidate();
      this.requestFrame();
    }, rest);
  }

  /** Draws in the next frame. */
  requestFrame(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #cameraMoved(): void {
    this.#movedAt = performance.now();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#overview.invalidate();
      this.requestFrame();
    }, rest);
    this.requestFrame();
  }

  #draw(): void {
    this.#frame = 0;
    const { camera } = this;
    const isMoving = performance.now() - this.#movedAt < rest - 20;
    this.#setFar(camera.k < overviewZoom);
    if (!isMoving || this.#isNew) this.#editor.isPlain.set(camera.k < plainZoom);
    this.#follow();
    const colors = themeColors(this.container);
    if (this.#isFar) this.#overview.show(camera, isMoving, colors);
    else {
      const budget = this.#isNew ? pace.load : isMoving ? pace.moving : pace.resting;
      const more = this.#window.step(seenArea(camera, this.#size, margins.nodes * Math.min(1, camera.k)), budget);
      this.#isNew = false;
      this.links.sync(seenArea(camera, this.#size), margins.links);
      if (more) {
        this.#overview.show(camera, isMoving, colors, (id) => this.#window.has(id));
        this.requestFrame();
      } else this.#overview.hide();
      this.overlay.raise(this.#view.holder);
    }
    this.#minimap?.draw(camera, this.#size, colors);
  }

  /** Brings cards and links to where the nodes went. */
  #follow(): void {
    this.#window.follow(this.#changedNodes);
    this.#window.follow(this.#movedNodes);
    if (!this.#isFar) {
      this.links.follow(this.#changedNodes);
      this.links.move(this.#movedNodes);
    }
    this.#changedNodes.clear();
    this.#movedNodes.clear();
  }

  #setFar(isFar: boolean): void {
    if (isFar === this.#isFar) return;
    this.#isFar = isFar;
    this.#view.holder.style.display = isFar ? "none" : "";
  }

  #locate(): void {
    const { left, top } = this.container.getBoundingClientRect();
    this.#corner = { x: left, y: top };
  }

  resize(): void {
    this.#locate();
    const size = { w: this.container.clientWidth, h: this.container.clientHeight };
    if (size.w === 0 || (size.w === this.#size.w && size.h === this.#size.h)) return;
    const isFirst = this.#size.w === 1;
    this.#size = size;
    this.#overview.resize(size);
    if (isFirst) this.#showFirst();
    this.requestFrame();
  }

  /** A point of the page in pixels from the canvas's corner. */
  screen(event: { readonly clientX: number; readonly clientY: number }): Point {
    return { x: event.clientX - this.#corner.x, y: event.clientY - this.#corner.y };
  }

  /** A point of the page in units of the canvas. */
  point(event: { readonly clientX: number; readonly clientY: number }): Point {
    return toCanvas(this.camera, this.screen(event));
  }

  /** A point of the canvas in pixels of the page. */
  project({ x, y }: Point): Point {
    const { camera } = this;
    return { x: this.#corner.x + x * camera.k + camera.x, y: this.#corner.y + y * camera.k + camera.y };
  }

  seen(): Box {
    return seenArea(this.camera, this.#size);
  }

  setCamera(camera: Camera): void {
    this.#view.setCamera(camera);
  }

  zoom(factor: number, at: Point = { x: this.#size.w / 2, y: this.#size.h / 2 }): void {
    this.#view.setCamera(zoomAt(this.camera, this.camera.k * factor, at));
  }

  pan(dx: number, dy: number): void {
    const { x, y, k } = this.camera;
    this.#view.setCamera({ x: x + dx, y: y + dy, k });
  }

  /** Shows some nodes, or everything. */
  fit(ids?: Iterable<string>): void {
    this.#view.setCamera(this.#fitting(ids));
    this.requestFrame();
  }

  #fitting(ids?: Iterable<string>): Camera {
    const bounds = this.#editor.layout.bounds(ids);
    const boxes = ids ? [] : [...framesOf(this.#editor.graph), ...notesOf(this.#editor.graph)];
    const all = boxes.reduce<Box | undefined>((sum, box) => (sum ? union(sum, box) : box), bounds);
    return all ? fit(all, this.#size) : { x: this.#size.w / 2, y: this.#size.h / 2, k: 1 };
  }

  /** How a graph is first seen: all of it; of a small graph on a small screen, its beginning, large enough to be read. */
  #showFirst(): void {
    const { layout } = this.#editor;
    const camera = this.#fitting();
    const bounds = layout.bounds();
    const k = 0.7;
    const beginning = bounds && { k, x: 24 - bounds.x * k, y: this.#size.h / 2 - (bounds.y + bounds.h / 2) * k };
    this.#view.setCamera(beginning && camera.k < 0.5 && layout.size <= 30 ? beginning : camera);
    this.requestFrame();
  }

  /** Brings a point of the canvas to the middle of the view. */
  center({ x, y }: Point, wanted = this.camera.k): void {
    const k = clampZoom(wanted);
    this.#view.setCamera({ k, x: this.#size.w / 2 - x * k, y: this.#size.h / 2 - y * k });
  }

  /** Brings a point of the canvas into view if it is not. */
  show(point: Point): void {
    const { x, y, w, h } = this.seen();
    const isSeen = point.x > x && point.y > y && point.x < x + w && point.y < y + h;
    if (!isSeen) this.center(point);
  }

  /** Brings a node into view if it is not, large enough to be read. */
  reveal(id: string): void {
    const box = this.#editor.layout.box(id);
    if (!box) return;
    const seen = this.seen();
    const middle = { x: seen.x + seen.w / 2, y: seen.y + seen.h / 2 };
    const isNear = this.camera.k >= 0.5 && box.w < seen.w && box.h < seen.h;
    if (!isNear) return this.center({ x: box.x + box.w / 2, y: box.y + box.h / 2 }, Math.max(this.camera.k, 0.8));
    const [dx, dy] = [outside(box.x, box.w, seen.x, seen.w), outside(box.y, box.h, seen.y, seen.h)];
    if (dx !== 0 || dy !== 0) this.center({ x: middle.x + dx, y: middle.y + dy }, this.camera.k);
  }

  /** Brings a box of the canvas into view, moving no farther than it must; what is larger than the view is fitted into it. */
  showBox(box: Box): void {
    const seen = this.seen();
    if (box.w > seen.w || box.h > seen.h) this.#view.setCamera(fit(box, this.#size));
    const { x, y, w, h } = this.seen();
    const { k } = this.camera;
    this.pan(-outside(box.x, box.w, x, w) * k, -outside(box.y, box.h, y, h) * k);
  }

  /** Gives a node's card the focus, mounting it if need be: a card that is new is there a few frames later. */
  focus(id: string, frames = 20): void {
    this.reveal(id);
    this.#window.ensure(id);
    const card = this.#view.element(id)?.querySelector<HTMLElement>("[data-node]");
    if (card) card.focus({ preventScroll: true });
    else if (frames > 0) requestAnimationFrame(() => this.focus(id, frames - 1));
  }

  raise(id: string): void {
    // Moving an element in the page takes the focus from what is in it.
    if (!(this.#view.element(id)?.contains(document.activeElement) ?? false)) this.#view.raise(id);
  }

  linkAt(point: Point): Link | undefined {
    return this.#isFar ? undefined : this.links.at(point, 8 / this.camera.k);
  }

  /** The bend of a link at a point, within so many pixels of the screen. */
  bendAt(point: Point, reach: number): BendPlace | undefined {
    return this.#isFar ? undefined : bendAt(this.#editor, point, reach / this.camera.k);
  }

  addSocket(...parameters: Parameters<ReteView["addSocket"]>): () => void {
    return this.#view.addSocket(...parameters);
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    clearTimeout(this.#soon);
    for (const stop of this.#stop) stop();
    this.#window.clear();
    this.#view.destroy();
  }
}

/** The gestures' methods as functions of their own. */
function bound(gestures: CanvasGestures): Pick<ReteEvents, "picked" | "dragged" | "dropped" | "link"> {
  return {
    picked: (id) => gestures.picked(id),
    dragged: (id, to) => gestures.dragged(id, to),
    dropped: (id) => gestures.dropped(id),
    link: (from) => gestures.link(from),
  };
}

/** How far a stretch lies outside of another one, with a little room around it; the nearer end counts when it is longer. */
function outside(start: number, length: number, from: number, span: number): number {
  const room = Math.min(24, (span - length) / 2);
  if (start >= from && start + length <= from + span) return 0;
  return start < from ? start - room - from : start + length + room - from - span;
}
