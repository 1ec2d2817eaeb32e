import { columnUnits, rowUnits, toRowUnits } from "./fixed-point.ts";
import { scanConvert, type Canvas, type SpanSource } from "./scan-convert.ts";

/** A corner in pixels, [x, y], rounded to 1/8 px; pixel (0, 0) spans 0–1 in both directions. */
export type Point = readonly [x: number, y: number];

/**
 * What is inside a polygon that crosses itself. `nonzero`: everything that the outline winds around, so a lasso that
 * crosses its own line has no holes. `evenodd`: every crossing changes between inside and outside.
 */
export type FillRule = "nonzero" | "evenodd";

/** A closed outline; the last corner is joined to the first. */
export interface Polygon {
  readonly points: readonly Point[];
  /** `nonzero` by default. */
  readonly rule?: FillRule;
}

/**
 * Draws a polygon to a new mask of `width × height` samples: 255 inside, 0 outside, coverage at the edge.
 * Parts outside the canvas are cut off; fewer than three corners select nothing.
 *
 * Throws `raster.bad-size`, `raster.bad-coordinate` (not within ±131,072 px).
 *
 * @example
 * const mask = rasterizePolygon({ width: 640, height: 480 }, { points: [[10, 10], [200.5, 40], [90, 300]] });
 */
export function rasterizePolygon(canvas: Canvas, polygon: Polygon): Uint8Array {
  const edges = toEdges(polygon.points);
  const top = edges[0]?.top ?? 0;
  const bottom = edges.reduce((lowest, edge) => Math.max(lowest, edge.bottom), top);
  return scanConvert(canvas, top, bottom, sweep(edges, polygon.rule ?? "nonzero"));
}

/** One side that is not horizontal, from its upper to its lower end; y in 1/16 px, x in 1/256 px. */
interface Edge {
  readonly top: number;
  readonly bottom: number;
  readonly x: number;
  /** Change of x over the whole edge. */
  readonly dx: number;
  /** +1 when the outline goes down here, −1 when it goes up. */
  readonly winding: 1 | -1;
  /** Where the edge crosses the current sub-scanline. */
  crossing: number;
}

/** The sides in the order of their upper ends. */
function toEdges(points: readonly Point[]): readonly Edge[] {
  const corners = points.map(([x, y]) => [toRowUnits(x) * (columnUnits / rowUnits), toRowUnits(y)] as const);
  const edges = corners.flatMap((corner, i) => toEdge(corner, corners[(i + 1) % corners.length] ?? corner));
  return edges.sort((a, b) => a.top - b.top);
}

function toEdge(from: Point, to: Point): Edge[] {
  if (from[1] === to[1]) return [];
  const winding = from[1] < to[1] ? 1 : -1;
  const [upper, lower] = winding === 1 ? [from, to] : [to, from];
  return [{ top: upper[1], bottom: lower[1], x: upper[0], dx: lower[0] - upper[0], winding, crossing: 0 }];
}

/** Walks down the sorted edges: those that cross the current height are kept in the order of their crossings. */
function sweep(edges: readonly Edge[], rule: FillRule): SpanSource {
  let next = 0;
  let active: Edge[] = [];
  return (y, add) => {
    if (active.some((edge) => edge.bottom <= y)) active = active.filter((edge) => edge.bottom > y);
    for (; next < edges.length && edges[next]!.top <= y; next++) {
      if (edges[next]!.bottom > y) active.push(edges[next]!);
    }
    for (const edge of active) edge.crossing = crossingAt(edge, y);
    sortByCrossing(active);
    addSpans(active, rule, add);
  };
}

function crossingAt(edge: Edge, y: number): number {
  return edge.x + Math.floor((edge.dx * (y - edge.top)) / (edge.bottom - edge.top));
}

// The order hardly changes from one sub-scanline to the next, which makes insertion linear.
function sortByCrossing(edges: Edge[]): void {
  for (let i = 1; i < edges.length; i++) {
    const edge = edges[i]!;
    let at = i;
    while (at > 0 && edges[at - 1]!.crossing > edge.crossing) {
      edges[at] = edges[at - 1]!;
      at -= 1;
    }
    edges[at] = edge;
  }
}

function addSpans(edges: readonly Edge[], rule: FillRule, add: (start: number, end: number) => void): void {
  let winding = 0;
  let start = 0;
  for (const edge of edges) {
    const before = winding;
    winding = rule === "nonzero" ? winding + edge.winding : 1 - winding;
    if (before === 0) start = edge.crossing;
    else if (winding === 0) add(start, edge.crossing);
  }
}
