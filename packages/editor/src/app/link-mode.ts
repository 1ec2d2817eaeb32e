import type { Editor } from "./editor.ts";
import type { Canvas } from "../canvas/canvas.ts";
import { beginLink, finishLink, pendingPath } from "../canvas/draw-link.ts";
import type { Point } from "../document/graph.ts";
import { card } from "../layout/plan-node.ts";
import { t } from "../messages/translate.ts";
import { focusedNode } from "./roving-focus.ts";
import { toast } from "./toasts.tsx";

interface Option {
  readonly node: string;
  readonly socket: string;
}

/**
 * Linking by keyboard: L on a node, arrows through the sockets that fit, Enter links, Tab adds a new node that is linked,
 * Escape lets go. Every step is read out.
 */
export class LinkMode {
  readonly #editor: Editor;
  readonly #canvas: Canvas;
  readonly #search: (at: Point) => void;
  #origins: readonly string[] = [];
  #origin = 0;
  #node = "";
  #options: readonly Option[] = [];
  #at = 0;
  #isOpen = false;

  /** `search` opens the search for a node that takes the link in hand. */
  constructor(editor: Editor, canvas: Canvas, search: (at: Point) => void) {
    this.#editor = editor;
    this.#canvas = canvas;
    this.#search = search;
  }

  /** Begins at the first output of the focused or selected node. */
  start(): void {
    const id = focusedNode() ?? [...this.#editor.selection.ids][0];
    const plan = id === undefined ? undefined : this.#editor.layout.plan(id);
    if (id === undefined || !plan || plan.outputs.size === 0) return;
    this.#node = id;
    this.#origins = [...plan.outputs.keys()];
    this.#origin = 0;
    this.#begin();
    if (this.#options.length > 0) toast(t("link.keys"));
  }

  #begin(): void {
    const output = this.#origins[this.#origin]!;
    beginLink(this.#editor, { node: this.#node, side: "output", key: output });
    this.#isOpen = true;
    this.#options = this.#fitting();
    this.#at = 0;
    const from = `${this.#editor.title(this.#node)}, ${this.#label(this.#node, output, "outputs")}`;
    this.#editor.announce(
      this.#options.length === 0 ? t("link.none", { from }) : t("link.choose", { from, count: this.#options.length }),
    );
    if (this.#options.length > 0) this.#show();
  }

  #label(node: string, socket: string, side: "inputs" | "outputs"): string {
    return this.#editor.describe(node)?.[side][socket]?.title ?? socket;
  }

  /** All inputs that fit, free ones first, from the nearest node on. */
  #fitting(): readonly Option[] {
    const { layout, linking, graph } = this.#editor;
    const start = layout.box(this.#node)!;
    const away = (id: string) => Math.hypot(layout.box(id)!.x - start.x - start.w, layout.box(id)!.y - start.y);
    const judge = linking.value!.judge;
    const options = [...layout.ids].flatMap((node) =>
      [...layout.plan(node)!.inputs.keys()].flatMap((socket) => (judge(node, socket) ? [] : [{ node, socket }])),
    );
    const isBusy = ({ node, socket }: Option) => (Object.hasOwn(graph.nodes[node]!.inputs, socket) ? 1 : 0);
    return options.sort((a, b) => isBusy(a) - isBusy(b) || away(a.node) - away(b.node));
  }

  #show(): void {
    const { node, socket } = this.#options[this.#at]!;
    this.#canvas.reveal(node);
    const at = this.#editor.layout.inputPoint({ node, input: socket });
    if (at) this.#canvas.overlay.link(pendingPath(this.#editor, at));
    const label = this.#label(node, socket, "inputs");
    this.#editor.announce(
      t("link.option", {
        node: this.#editor.title(node),
        socket: label,
        place: this.#at + 1,
        count: this.#options.length,
      }),
    );
  }

  /** Takes a key while linking. Returns whether it was one of its own. */
  handleKey(event: KeyboardEvent): boolean {
    if (!this.#isOpen || !this.#editor.linking.value) return (this.#isOpen = false);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key] ?? 0;
    if (step !== 0 && this.#options.length > 0) {
      this.#at = (this.#at + step + this.#options.length) % this.#options.length;
      this.#show();
    } else if (event.key === "l" || event.key === "L") {
      this.#origin = (this.#origin + 1) % this.#origins.length;
      this.#begin();
    } else if (event.key === "Tab") this.#addNode();
    else if (event.key === "Enter" && this.#options.length > 0) this.#finish();
    else if (event.key === "Escape") this.#cancel();
    return true;
  }

  #finish(): void {
    const option = this.#options[this.#at]!;
    this.#close();
    finishLink(this.#editor, option);
    const [from, to] = [this.#editor.title(this.#node), this.#editor.title(option.node)];
    this.#editor.announce(t("link.made", { from, to }));
  }

  /** The link stays in hand while a node is searched for, which stands to the right of this one. */
  #addNode(): void {
    const { x, y, w } = this.#editor.layout.box(this.#node)!;
    this.#close();
    this.#editor.announce(t("link.new", { from: this.#editor.title(this.#node) }));
    this.#search({ x: x + w + 60, y: y + card.header });
  }

  #cancel(): void {
    this.#close();
    this.#editor.linking.set(undefined);
    this.#editor.announce(t("link.cancelled"));
  }

  #close(): void {
    this.#isOpen = false;
    this.#canvas.overlay.link(undefined);
  }
}
