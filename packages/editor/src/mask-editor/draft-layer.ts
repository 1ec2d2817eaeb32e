import type { ViewPort } from "../viewer/view-port.ts";
import type { Draft } from "./gestures/gesture.ts";

/** What the brush's circle shows. */
export interface CursorLook {
  /** Where, in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** The brush's diameter in pixels of the picture; undefined for a cross. */
  readonly size?: number | undefined;
}

const svgName = "http://www.w3.org/2000/svg";

/** Lines over the stage: what is being drawn, and the brush's circle. Drawn without React: they follow the pointer. */
export class DraftLayer {
  readonly #view: () => ViewPort;
  readonly #lines: readonly SVGPathElement[];
  readonly #cursor: readonly SVGPathElement[];
  #draft: Draft | undefined;
  #look: CursorLook | undefined;

  constructor(svg: SVGSVGElement, view: () => ViewPort) {
    this.#view = view;
    const path = (name: string): SVGPathElement => {
      const element = document.createElementNS(svgName, "path");
      element.setAttribute("class", name);
      svg.append(element);
      return element;
    };
    this.#lines = [path("mask-line is-dark"), path("mask-line is-light")];
    this.#cursor = [path("mask-cursor is-dark"), path("mask-cursor is-light")];
  }

  show(draft: Draft | undefined): void {
    this.#draft = draft;
    this.#drawDraft();
  }

  setCursor(look: CursorLook | undefined): void {
    this.#look = look;
    this.#drawCursor();
  }

  /** Draws again after the view has moved. */
  update(): void {
    this.#drawDraft();
    this.#drawCursor();
  }

  #drawDraft(): void {
    const text = this.#draft ? pathOf(this.#draft, this.#view()) : "";
    for (const line of this.#lines) line.setAttribute("d", text);
  }

  #drawCursor(): void {
    const text = this.#look ? cursorPath(this.#look, this.#view()) : "";
    for (const line of this.#cursor) line.setAttribute("d", text);
  }
}

function pathOf({ kind, points }: Draft, view: ViewPort): string {
  const at = ([x, y]: readonly [number, number]) => [x * view.scale + view.x, y * view.scale + view.y] as const;
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return "";
  const [ax, ay] = at(first);
  const [bx, by] = at(last);
  if (kind === "ellipse")
    return ellipsePath((ax + bx) / 2, (ay + by) / 2, Math.abs(bx - ax) / 2, Math.abs(by - ay) / 2);
  if (kind === "rectangle") return `M${ax} ${ay}H${bx}V${by}H${ax}Z`;
  if (kind === "line") return `M${ax} ${ay}L${bx} ${by}${ellipsePath(ax, ay, 4, 4)}`;
  const corners = points.map((point) => at(point).join(" ")).join("L");
  return `M${corners}${points.length > 2 ? "Z" : ""}${ellipsePath(ax, ay, 4, 4)}`;
}

function cursorPath({ x, y, size }: CursorLook, view: ViewPort): string {
  const [cx, cy] = [x * view.scale + view.x, y * view.scale + view.y];
  const cross = `M${cx - 9} ${cy}h6M${cx + 3} ${cy}h6M${cx} ${cy - 9}v6M${cx} ${cy + 3}v6`;
  const radius = size === undefined ? 0 : (size / 2) * view.scale;
  if (radius < 3) return cross;
  return ellipsePath(cx, cy, radius, radius);
}

function ellipsePath(cx: number, cy: number, rx: number, ry: number): string {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0Z`;
}
