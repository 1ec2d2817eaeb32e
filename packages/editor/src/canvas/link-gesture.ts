import type { Editor } from "../app/editor.ts";
import type { Point } from "../document/graph.ts";
import { linkProblemText } from "../messages/link-problem.ts";
import type { Canvas } from "./canvas.ts";
import { beginLink, findTarget, finishLink, pendingPath } from "./draw-link.ts";
import type { SocketPlace } from "./rete/link-flow.ts";

/** The link that the pointer holds in hand; one that the search or the keyboard holds is theirs. */
export class LinkGesture {
  readonly #editor: Editor;
  readonly #canvas: Canvas;
  readonly #search: (at: Point) => void;
  #isOpen = false;

  constructor(editor: Editor, canvas: Canvas, search: (at: Point) => void) {
    this.#editor = editor;
    this.#canvas = canvas;
    this.#search = search;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  begin(from: SocketPlace): void {
    beginLink(this.#editor, from);
    this.#isOpen = true;
    this.#canvas.container.classList.add("is-linking");
  }

  move(event: PointerEvent): void {
    const point = this.#canvas.point(event);
    const target = findTarget(this.#editor, point, this.#canvas.camera.k);
    const isGood = target !== undefined && !target.problem;
    this.#canvas.overlay.link(pendingPath(this.#editor, isGood ? target.at : point), target?.problem !== undefined);
    const reason = target?.problem && linkProblemText(target.problem);
    this.#canvas.overlay.reason(reason, this.#canvas.screen(event));
  }

  release(event: PointerEvent, isClick: boolean): void {
    const point = this.#canvas.point(event);
    const target = findTarget(this.#editor, point, this.#canvas.camera.k);
    this.#clear();
    if (target) finishLink(this.#editor, target);
    else if (isClick || !this.#canvas.container.contains(event.target as Node)) this.#editor.linking.set(undefined);
    // The link stays in hand while a node is chosen; the search lets go of it.
    else this.#search(point);
  }

  cancel(): void {
    if (!this.#isOpen) return;
    this.#clear();
    this.#editor.linking.set(undefined);
  }

  #clear(): void {
    this.#isOpen = false;
    this.#canvas.overlay.link(undefined);
    this.#canvas.overlay.reason(undefined);
    this.#canvas.container.classList.remove("is-linking");
  }
}
