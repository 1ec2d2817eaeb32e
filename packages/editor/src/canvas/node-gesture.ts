import type { Editor } from "../app/editor.ts";
import type { Point } from "../document/graph.ts";
import type { Canvas } from "./canvas.ts";
import { beginDrag, cancelDrag, drag, finishDrag, type Insertion, insertionOf, type NodeDrag } from "./drag-nodes.ts";

/** Where the pointer is on the page, and whether it asks for no snapping. */
type Pointer = Pick<PointerEvent, "clientX" | "clientY" | "altKey">;

/** A drag of nodes: it begins where Rete tells of it, follows the pointer by itself from then on, and ends in one command. */
export class NodeGesture {
  readonly #editor: Editor;
  readonly #canvas: Canvas;
  #drag: NodeDrag | undefined;
  /** From the pointer to the corner of the node under it, in units of the canvas: it stays when the view moves. */
  #grip: Point = { x: 0, y: 0 };
  /** The dragged node may be put on a link. */
  #mayInsert = false;
  #onto: Insertion | undefined;

  constructor(editor: Editor, canvas: Canvas) {
    this.#editor = editor;
    this.#canvas = canvas;
  }

  get isOpen(): boolean {
    return this.#drag !== undefined;
  }

  /** The node under the pointer. */
  get lead(): string | undefined {
    return this.#drag?.lead;
  }

  begin(id: string, press: Pointer): void {
    const box = this.#editor.layout.box(id);
    if (!box) return;
    const at = this.#canvas.point(press);
    this.#grip = { x: box.x - at.x, y: box.y - at.y };
    this.#drag = beginDrag(this.#editor, id, this.#canvas.seen());
    const { layout } = this.#editor;
    const isFree = layout.linksInto(id).length === 0 && layout.linksOutOf(id).length === 0;
    this.#mayInsert = this.#drag.start.nodes.size === 1 && isFree;
    this.#canvas.container.classList.add("is-dragging");
  }

  move(pointer: Pointer): void {
    if (!this.#drag) return;
    const at = this.#canvas.point(pointer);
    const to = { x: at.x + this.#grip.x, y: at.y + this.#grip.y };
    const reach = pointer.altKey ? 0 : 6 / this.#canvas.camera.k;
    this.#canvas.overlay.guides(drag(this.#editor, this.#drag, to, reach));
    if (this.#mayInsert) this.#lookForLink(this.#drag.lead);
  }

  /** A node without links that is dragged over one it fits on lights that up. */
  #lookForLink(id: string): void {
    const box = this.#editor.layout.box(id);
    if (!box) return;
    const link = this.#canvas.links.at({ x: box.x + box.w / 2, y: box.y + Math.min(box.h / 2, 60) }, 40);
    this.#onto = link && insertionOf(this.#editor, id, link);
    this.#editor.selection.hint.set(this.#onto?.link.id);
  }

  /** Leaves the nodes where they are. Returns whether any were dragged. */
  drop(): boolean {
    const held = this.#drag;
    if (held) finishDrag(this.#editor, held, this.#onto);
    this.#end();
    return held !== undefined;
  }

  /** Puts the nodes back. */
  cancel(): void {
    if (this.#drag) cancelDrag(this.#editor, this.#drag);
    this.#end();
  }

  #end(): void {
    if (!this.#drag) return;
    this.#drag = undefined;
    this.#onto = undefined;
    this.#editor.selection.hint.set(undefined);
    this.#canvas.overlay.guides([]);
    this.#canvas.container.classList.remove("is-dragging");
  }
}
