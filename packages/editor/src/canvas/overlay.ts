import type { Point } from "../document/graph.ts";
import type { Guide } from "../layout/snap.ts";

const namespace = "http://www.w3.org/2000/svg";

/** What gestures draw above the nodes: the link in hand, lines of snapping, the selection's rectangle. */
export class Overlay {
  readonly #svg = document.createElementNS(namespace, "svg");
  readonly #link = document.createElementNS(namespace, "path");
  readonly #guides = document.createElementNS(namespace, "path");
  #guidePath = "";
  readonly #area = document.createElement("div");
  readonly #reason = document.createElement("div");

  constructor(container: HTMLElement, holder: HTMLElement) {
    this.#svg.setAttribute("class", "overlay");
    this.#svg.setAttribute("aria-hidden", "true");
    this.#link.setAttribute("class", "overlay-link");
    this.#guides.setAttribute("class", "overlay-guides");
    this.#svg.append(this.#guides, this.#link);
    holder.append(this.#svg);
    this.#area.className = "selection-area";
    this.#area.hidden = true;
    this.#reason.className = "link-reason";
    this.#reason.hidden = true;
    container.append(this.#area, this.#reason);
  }

  /** Stays above nodes that were mounted later. */
  raise(holder: HTMLElement): void {
    if (this.#svg.nextSibling) holder.append(this.#svg);
  }

  link(path: string | undefined, isBad = false): void {
    this.#link.setAttribute("d", path ?? "");
    this.#link.classList.toggle("is-bad", isBad);
  }

  /** Says beside the pointer why a link cannot end there. */
  reason(text: string | undefined, at: Point = { x: 0, y: 0 }): void {
    this.#reason.hidden = text === undefined;
    if (text === undefined) return;
    this.#reason.textContent = text;
    this.#reason.style.transform = `translate(${at.x + 16}px, ${at.y + 16}px)`;
  }

  guides(guides: readonly Guide[]): void {
    const lines = guides.map(({ axis, at, from, to }) =>
      axis === "x" ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}`,
    );
    const path = lines.join("");
    // A path that is set anew is laid out and painted anew, even when it is the same.
    if (path !== this.#guidePath) this.#guides.setAttribute("d", (this.#guidePath = path));
  }

  /** A rectangle between two points of the screen. */
  area(from: Point | undefined, to: Point = { x: 0, y: 0 }): void {
    this.#area.hidden = from === undefined;
    if (!from) return;
    const { style } = this.#area;
    style.transform = `translate(${Math.min(from.x, to.x)}px, ${Math.min(from.y, to.y)}px)`;
    style.width = `${Math.abs(to.x - from.x)}px`;
    style.height = `${Math.abs(to.y - from.y)}px`;
  }
}
