import type { Box } from "../document/graph.ts";

/** The smallest box around two. */
export function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}

/** Whether a box lies wholly in another one. */
export function contains(outer: Box, inner: Box): boolean {
  const begins = inner.x >= outer.x && inner.y >= outer.y;
  return begins && inner.x + inner.w <= outer.x + outer.w && inner.y + inner.h <= outer.y + outer.h;
}

/** Whether two boxes have an area in common. */
export function touches(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && a.x + a.w > b.x && a.y < b.y + b.h && a.y + a.h > b.y;
}

/** A box and so much more on each side. */
export function grown({ x, y, w, h }: Box, margin: number): Box {
  return { x: x - margin, y: y - margin, w: w + 2 * margin, h: h + 2 * margin };
}
