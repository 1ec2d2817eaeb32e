import type { Box } from "../document/graph.ts";
import type { Link } from "../document/links.ts";
import { contains, grown } from "../layout/boxes.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { type Curve, dotsOf, near, nearestOn, pathOf } from "../layout/link-path.ts";
import type { Point } from "../document/graph.ts";

const namespace = "http://www.w3.org/2000/svg";

interface Drawn {
  readonly element: SVGPathElement;
  /** The dots on its bends, once it had any. */
  dots?: SVGPathElement;
  path: string;
  look: string;
}

interface LinkLayerOptions {
  /** The classes of a link. */
  look(link: Link): string;
  /** The bend of a link that is selected. */
  chosenBend(link: Link): number | undefined;
}

/** Draws the links in view as SVG paths behind the nodes, and finds the one under the pointer. */
export class LinkLayer {
  readonly #layout: LayoutStore;
  readonly #options: LinkLayerOptions;
  readonly #svg: SVGSVGElement;
  readonly #drawn = new Map<string, Drawn>();
  /** Where links were looked for last; within it nothing needs to be looked for again. */
  #area: Box = { x: 0, y: 0, w: 0, h: 0 };
  #isStale = true;

  constructor(layout: LayoutStore, holder: HTMLElement, options: LinkLayerOptions) {
    this.#layout = layout;
    this.#options = options;
    this.#svg = document.createElementNS(namespace, "svg");
    this.#svg.setAttribute("class", "links");
    this.#svg.setAttribute("aria-hidden", "true");
    holder.prepend(this.#svg);
  }

  /** Links came, went or look otherwise. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Draws what is seen; `area` is what is in view and some margin. */
  sync(seen: Box, margin: number): void {
    if (!this.#isStale && contains(this.#area, seen)) return;
    this.#isStale = false;
    this.#area = grown(seen, margin);
    const keep = new Set<string>();
    for (const link of this.#layout.links()) {
      const curve = this.#layout.curve(link);
      if (!curve || !near(curve, this.#area)) continue;
      keep.add(link.id);
      this.#draw(link, curve);
    }
    for (const [id, { element, dots }] of this.#drawn) {
      if (keep.has(id)) continue;
      element.remove();
      dots?.remove();
      this.#drawn.delete(id);
    }
  }

  /** Draws the links of nodes that changed. */
  follow(ids: Iterable<string>): void {
    for (const id of ids) {
      for (const link of this.#linksOf(id)) {
        const curve = this.#layout.curve(link);
        if (curve && (this.#drawn.has(link.id) || near(curve, this.#area))) this.#draw(link, curve);
      }
    }
  }

  /** Leads the links of nodes that a gesture moves to where those are; nothing else of them has changed. */
  move(ids: Iterable<string>): void {
    const done = new Set<string>();
    for (const id of ids) {
      for (const link of this.#linksOf(id)) {
        if (done.has(link.id)) continue;
        done.add(link.id);
        const [drawn, curve] = [this.#drawn.get(link.id), this.#layout.curve(link)];
        if (!curve) continue;
        if (!drawn && near(curve, this.#area)) this.#draw(link, curve);
        else if (drawn) this.#lead(drawn, link, curve);
      }
    }
  }

  #linksOf(id: string): readonly Link[] {
    return [...this.#layout.linksInto(id), ...this.#layout.linksOutOf(id)];
  }

  #lead(drawn: Drawn, link: Link, curve: Curve): void {
    const path = pathOf(curve);
    if (drawn.path !== path) drawn.element.setAttribute("d", (drawn.path = path));
    if (curve.bends.length > 0) this.#drawDots(drawn, link, curve);
  }

  #draw(link: Link, curve: Curve): void {
    const drawn = this.#drawn.get(link.id) ?? this.#add(link.id);
    const look = this.#options.look(link);
    if (drawn.look !== look) drawn.element.setAttribute("class", (drawn.look = look));
    this.#lead(drawn, link, curve);
    if (curve.bends.length === 0) drawn.dots?.setAttribute("d", "");
  }

  #drawDots(drawn: Drawn, link: Link, curve: Curve): void {
    drawn.dots ??= this.#addPath();
    const chosen = this.#options.chosenBend(link);
    const ring = chosen === undefined ? [] : curve.bends.slice(chosen, chosen + 1);
    drawn.dots.setAttribute("d", dotsOf(curve.bends, 4.5) + dotsOf(ring, 8));
    drawn.dots.setAttribute("class", `${drawn.look} link-dots`);
  }

  #addPath(): SVGPathElement {
    const element = document.createElementNS(namespace, "path");
    this.#svg.append(element);
    return element;
  }

  #add(id: string): Drawn {
    const drawn: Drawn = { element: this.#addPath(), path: "", look: "" };
    this.#drawn.set(id, drawn);
    return drawn;
  }

  /** The link that passes a point within a distance, the nearest first. */
  at(point: Point, distance: number): Link | undefined {
    let [found, nearest]: [Link | undefined, number] = [undefined, distance];
    for (const id of this.#drawn.keys()) {
      const link = this.#layout.link(id);
      const curve = link && this.#layout.curve(link);
      if (!curve || !near(curve, { x: point.x - distance, y: point.y - distance, w: 2 * distance, h: 2 * distance }))
        continue;
      const away = nearestOn(curve, point).distance;
      if (away < nearest) [found, nearest] = [link, away];
    }
    return found;
  }
}
