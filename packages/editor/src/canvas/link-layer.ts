import type { Box } from "../document/graph.ts";
import type { Link } from "../document/links.ts";
import type { LayoutStore } from "../layout/layout-store.ts";
import { type Curve, distanceTo, pathOf } from "../layout/link-path.ts";
import type { Point } from "../document/graph.ts";

const namespace = "http://www.w3.org/2000/svg";

interface Drawn {
  readonly element: SVGPathElement;
  path: string;
  look: string;
}

/** Draws the links in view as SVG paths behind the nodes, and finds the one under the pointer. */
export class LinkLayer {
  readonly #layout: LayoutStore;
  readonly #lookOf: (link: Link) => string;
  readonly #svg: SVGSVGElement;
  readonly #drawn = new Map<string, Drawn>();
  /** Where links were looked for last; within it nothing needs to be looked for again. */
  #area: Box = { x: 0, y: 0, w: 0, h: 0 };
  #isStale = true;

  constructor(layout: LayoutStore, holder: HTMLElement, lookOf: (link: Link) => string) {
    this.#layout = layout;
    this.#lookOf = lookOf;
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
    for (const [id, { element }] of this.#drawn) {
      if (keep.has(id)) continue;
      element.remove();
      this.#drawn.delete(id);
    }
  }

  /** Draws the links of nodes that moved. */
  follow(ids: Iterable<string>): void {
    for (const id of ids) {
      for (const link of this.#layout.linksInto(id)) this.#redraw(link);
      for (const link of this.#layout.linksOutOf(id)) this.#redraw(link);
    }
  }

  #redraw(link: Link): void {
    const curve = this.#layout.curve(link);
    if (curve && (this.#drawn.has(link.id) || near(curve, this.#area))) this.#draw(link, curve);
  }

  #draw(link: Link, curve: Curve): void {
    const drawn = this.#drawn.get(link.id) ?? this.#add(link.id);
    const [path, look] = [pathOf(curve), this.#lookOf(link)];
    if (drawn.path !== path) drawn.element.setAttribute("d", (drawn.path = path));
    if (drawn.look !== look) drawn.element.setAttribute("class", (drawn.look = look));
  }

  #add(id: string): Drawn {
    const element = document.createElementNS(namespace, "path");
    this.#svg.append(element);
    const drawn = { element, path: "", look: "" };
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
      const away = distanceTo(curve, point);
      if (away < nearest) [found, nearest] = [link, away];
    }
    return found;
  }
}

function contains(outer: Box, inner: Box): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.w >= inner.x + inner.w &&
    outer.y + outer.h >= inner.y + inner.h
  );
}

function grown({ x, y, w, h }: Box, margin: number): Box {
  return { x: x - margin, y: y - margin, w: w + 2 * margin, h: h + 2 * margin };
}

/** Whether a curve may touch an area: it stays within its ends and control points. */
export function near({ from, to, reach }: Curve, area: Box): boolean {
  return (
    Math.max(from.x + reach, to.x) >= area.x &&
    Math.min(from.x, to.x - reach) <= area.x + area.w &&
    Math.max(from.y, to.y) >= area.y &&
    Math.min(from.y, to.y) <= area.y + area.h
  );
}
