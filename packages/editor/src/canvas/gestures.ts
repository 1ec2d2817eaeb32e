import type { Editor } from "../app/editor.ts";
import type { Point } from "../document/graph.ts";
import { toScreen } from "./camera.ts";
import type { Canvas, CanvasGestures } from "./canvas.ts";
import {
  addBend,
  beginBendDrag,
  type BendDrag,
  cancelBendDrag,
  dragBend,
  finishBendDrag,
  removeBend,
} from "./bend-links.ts";
import { isCanvas, isField } from "./places.ts";
import { edgeOf, showCursor } from "./cursor.ts";
import { EdgePan } from "./edge-pan.ts";
import { LinkGesture } from "./link-gesture.ts";
import { LongPress } from "./long-press.ts";
import { NodeGesture } from "./node-gesture.ts";
import { Pinch } from "./pinch.ts";
import { beginResize, cancelResize, finishResize, type Resize, resize } from "./resize-nodes.ts";
import { type AreaSelection, beginArea, selectArea } from "./select-area.ts";
import { followWheel } from "./wheel.ts";
import type { SocketPlace } from "./rete/link-flow.ts";

/** What gestures ask of the rest of the editor. */
export interface GestureRequests {
  /** A link was dropped on the empty canvas, or the canvas was double-clicked. */
  search(at: Point): void;
}

/** A press becomes a drag after this many pixels; a finger is less steady than a mouse. */
const slack = { mouse: 4, touch: 9 } as const;

/** Turns what the pointer does on the canvas into selections and commands: one gesture, one command, at its end. */
export class Gestures implements CanvasGestures {
  readonly #editor: Editor;
  readonly #canvas: Canvas;
  readonly #requests: GestureRequests;
  readonly #stop = new AbortController();
  readonly #pinch: Pinch;
  readonly #edge: EdgePan;
  readonly #hold: LongPress;
  /** The latest press on the canvas. */
  #press: PointerEvent | undefined;
  readonly #nodes: NodeGesture;
  readonly #link: LinkGesture;
  /** Where the pointer was last while it pans. */
  #pan: Point | undefined;
  #bend: BendDrag | undefined;
  #resize: Resize | undefined;
  #isOver = false;
  #isSpaceDown = false;
  #area: AreaSelection | undefined;

  constructor(editor: Editor, canvas: Canvas, requests: GestureRequests) {
    this.#editor = editor;
    this.#canvas = canvas;
    this.#requests = requests;
    this.#pinch = new Pinch(canvas, this.#stop.signal);
    this.#edge = new EdgePan(canvas);
    this.#nodes = new NodeGesture(editor, canvas);
    this.#link = new LinkGesture(editor, canvas, (at) => requests.search(at));
    const { container } = canvas;
    const signal = this.#stop.signal;
    this.#hold = new LongPress(container, signal, (event) => this.#held(event));
    container.addEventListener("pointerdown", (event) => this.#pressed(event), { capture: true, signal });
    container.addEventListener("wheel", (event) => followWheel(canvas, event), { passive: false, signal });
    container.addEventListener("dblclick", (event) => this.#doubleClick(event), { signal });
    window.addEventListener("pointermove", (event) => this.#movedHeld(event), { capture: true, signal });
    window.addEventListener("pointermove", (event) => this.#moved(event), { signal });
    window.addEventListener("pointerup", (event) => this.#released(event), { signal });
    window.addEventListener("pointercancel", () => this.cancel(), { signal });
    window.addEventListener("blur", () => this.cancel(), { signal });
    window.addEventListener("keydown", (event) => this.#key(event, true), { capture: true, signal });
    window.addEventListener("keyup", (event) => this.#key(event, false), { capture: true, signal });
  }

  stop(): void {
    this.#stop.abort();
  }

  holds(id: string): boolean {
    return this.#nodes.lead === id;
  }

  #key(event: KeyboardEvent, isDown: boolean): void {
    if (event.key === " " && !isField(event.target)) {
      this.#isSpaceDown = isDown;
      this.#canvas.container.classList.toggle("may-pan", isDown);
      if (isCanvas(this.#canvas, event.target)) event.preventDefault();
    }
    if (isDown && event.key === "Escape" && this.cancel()) event.stopPropagation();
  }

  #pressed(event: PointerEvent): void {
    if (this.#pinch.isActive) {
      // The second finger: what the first one began is taken back.
      this.cancel();
      this.#press = undefined;
      return event.stopPropagation();
    }
    this.#press = event;
    this.#isOver = false;
    this.#hold.begin(event);
    if (event.button === 1 || (event.button === 0 && this.#isSpaceDown)) return this.#beginPan(event);
    if (event.button === 0 && this.#pressEdge(event)) return event.stopPropagation();
    if (!isCanvas(this.#canvas, event.target)) return;
    this.#canvas.container.focus({ preventScroll: true });
    if (event.button === 0 && this.#pressBend(event)) return;
    if (event.button !== 0) return;
    const isAreaKey = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
    if (event.pointerType === "mouse" && isAreaKey)
      this.#area = beginArea(this.#editor, this.#canvas.point(event), event.altKey);
    else this.#pan = this.#canvas.screen(event);
  }

  /** With Space or the middle button a press pans, whatever it is on. */
  #beginPan(event: PointerEvent): void {
    event.stopPropagation();
    event.preventDefault();
    this.#pan = this.#canvas.screen(event);
  }

  /** A finger rests: on the empty canvas it begins an area, unless it only wants the menu. */
  #held(event: PointerEvent): void {
    this.#canvas.container.classList.add("is-held");
    this.#endPan();
    if (!isCanvas(this.#canvas, event.target) || this.#bend) return;
    this.#area = beginArea(this.#editor, this.#canvas.point(event), false);
    this.#moveArea(event);
  }

  #endHold(): void {
    this.#hold.end();
    this.#canvas.container.classList.remove("is-held");
  }

  #pressEdge(event: PointerEvent): boolean {
    const found = edgeOf(this.#editor, this.#canvas, event);
    if (found) this.#resize = beginResize(this.#editor, found.id, found.edges, this.#canvas.point(event));
    return found !== undefined;
  }

  /** A press on a bend holds it; with Alt it takes the bend away. */
  #pressBend(event: PointerEvent): boolean {
    const bend = this.#canvas.bendAt(this.#canvas.point(event), event.pointerType === "touch" ? 20 : 10);
    if (!bend) return false;
    if (event.altKey) {
      removeBend(this.#editor, bend);
      this.#press = undefined;
    } else this.#bend = beginBendDrag(this.#editor, bend);
    return true;
  }

  picked(id: string): void {
    const { selection } = this.#editor;
    const press = this.#press;
    if (press && (press.shiftKey || press.ctrlKey || press.metaKey)) selection.toggle(id);
    else if (!selection.has(id)) selection.set([id]);
    this.#canvas.raise(id);
  }

  dragged(id: string, to: Point): void {
    if (this.#isOver || !this.#press || this.#pinch.isActive || this.#nodes.isOpen) return;
    const box = this.#editor.layout.box(id);
    const still = this.#press.pointerType === "touch" ? slack.touch : slack.mouse;
    if (box && Math.hypot(to.x - box.x, to.y - box.y) * this.#canvas.camera.k >= still)
      this.#nodes.begin(id, this.#press);
  }

  /** While it drags nodes or the view the pointer is theirs: neither Rete nor React need hear of its moves. */
  #movedHeld(event: PointerEvent): void {
    if ((!this.#nodes.isOpen && !this.#pan) || event.pointerId !== this.#press?.pointerId) return;
    event.stopImmediatePropagation();
    if (!this.#isStill(event)) this.#hold.end();
    if (this.#pan) return this.#movePan(event);
    this.#nodes.move(event);
    this.#edge.follow(this.#canvas.screen(event), () => this.#nodes.move(event));
  }

  dropped(id: string): void {
    const press = this.#press;
    if (this.#nodes.drop() || this.#isOver || !press) return;
    if (!press.shiftKey && !press.ctrlKey && !press.metaKey) this.#editor.selection.set([id]);
  }

  link(from: SocketPlace): void {
    this.#link.begin(from);
  }

  #moved(event: PointerEvent): void {
    if (!this.#isStill(event)) this.#hold.end();
    this.#goOn(event);
    const isOpen = this.#link.isOpen || (this.#area ?? this.#bend) !== undefined;
    if (!isOpen) return this.#press ? undefined : showCursor(this.#editor, this.#canvas, event);
    this.#edge.follow(this.#canvas.screen(event), () => this.#goOn(event));
  }

  #movePan(event: PointerEvent): void {
    const [from, to] = [this.#pan!, this.#canvas.screen(event)];
    this.#canvas.container.classList.add("is-panning");
    this.#canvas.pan(to.x - from.x, to.y - from.y);
    this.#pan = to;
  }

  #endPan(): void {
    this.#pan = undefined;
    this.#canvas.container.classList.remove("is-panning");
  }

  /** Brings the open gesture to where the pointer is. */
  #goOn(event: PointerEvent): void {
    if (this.#link.isOpen) this.#link.move(event);
    else if (this.#area) this.#moveArea(event);
    else if (this.#resize) resize(this.#editor, this.#resize, this.#canvas.point(event));
    else if (this.#bend && !this.#isStill(event)) dragBend(this.#editor, this.#bend, this.#canvas.point(event));
  }

  #isStill(event: PointerEvent): boolean {
    const press = this.#press;
    const still = event.pointerType === "touch" ? slack.touch : slack.mouse;
    return press !== undefined && Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) < still;
  }

  #moveArea(event: PointerEvent): void {
    selectArea(this.#editor, this.#area!, this.#canvas.point(event));
    this.#canvas.overlay.area(toScreen(this.#canvas.camera, this.#area!.from), this.#canvas.screen(event));
  }

  #released(event: PointerEvent): void {
    const press = this.#press;
    this.#edge.stop();
    this.#endHold();
    this.#endPan();
    const isClick = press !== undefined && press.button === 0 && this.#isStill(event);
    this.#press = undefined;
    if (this.#hold.isHeld && isClick && !this.#link.isOpen) return this.#releaseHold();
    if (this.#link.isOpen) return this.#link.release(event, isClick);
    if (this.#bend) return this.#releaseBend(isClick);
    if (this.#resize) {
      finishResize(this.#editor, this.#resize);
      this.#resize = undefined;
      return;
    }
    if (this.#area) {
      this.#area = undefined;
      this.#canvas.overlay.area(undefined);
    }
    if (isClick && isCanvas(this.#canvas, press.target)) this.#clickCanvas(event);
  }

  #releaseHold(): void {
    this.cancel();
    this.#hold.openMenu();
  }

  #clickCanvas(event: PointerEvent): void {
    if (event.shiftKey || event.ctrlKey || event.metaKey) return;
    const point = this.#canvas.point(event);
    const link = this.#canvas.linkAt(point);
    if (!event.altKey) this.#editor.selection.setLink(link?.id);
    else if (link) addBend(this.#editor, link, point);
  }

  #releaseBend(isClick: boolean): void {
    if (!isClick) finishBendDrag(this.#editor, this.#bend!);
    this.#bend = undefined;
  }

  #doubleClick(event: MouseEvent): void {
    if (!isCanvas(this.#canvas, event.target)) return;
    const point = this.#canvas.point(event);
    const link = this.#canvas.linkAt(point);
    if (!link) this.#requests.search(point);
    else if (!this.#canvas.bendAt(point, 10)) addBend(this.#editor, link, point);
  }

  /** Takes the open gesture back. Returns whether there was one. */
  cancel(): boolean {
    const wasOpen = this.#nodes.isOpen || this.#link.isOpen || (this.#bend ?? this.#resize ?? this.#area) !== undefined;
    this.#edge.stop();
    this.#endHold();
    this.#endPan();
    if (this.#resize) cancelResize(this.#editor, this.#resize);
    this.#resize = undefined;
    if (this.#bend) cancelBendDrag(this.#editor, this.#bend);
    this.#bend = undefined;
    this.#nodes.cancel();
    this.#link.cancel();
    if (this.#area) this.#editor.selection.set(this.#area.keep);
    this.#area = undefined;
    this.#canvas.overlay.area(undefined);
    this.#isOver = wasOpen;
    return wasOpen;
  }
}
