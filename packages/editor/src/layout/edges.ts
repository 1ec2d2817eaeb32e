import type { Box, Point } from "../document/graph.ts";

/** Edges of a box that are held: one, or two that meet in a corner. */
export interface Edges {
  readonly left?: boolean;
  readonly right?: boolean;
  readonly top?: boolean;
  readonly bottom?: boolean;
}

/** The edges and corners of a box, as they can be held. */
export const allEdges: readonly Edges[] = [
  { top: true },
  { right: true },
  { bottom: true },
  { left: true },
  { top: true, left: true },
  { top: true, right: true },
  { bottom: true, left: true },
  { bottom: true, right: true },
];

/** How the pointer looks on edges: the way they can go. */
export function directionOf({ left, right, top, bottom }: Edges): "x" | "y" | "nwse" | "nesw" {
  if (!top && !bottom) return "x";
  if (!left && !right) return "y";
  return (left === true) === (top === true) ? "nwse" : "nesw";
}

/** The edges that a point is on, within so many units inside or outside; corners reach farther. */
export function edgesAt({ x, y, w, h }: Box, point: Point, reach: number): Edges | undefined {
  const away = { left: point.x - x, right: x + w - point.x, top: point.y - y, bottom: y + h - point.y };
  if (Object.values(away).some((distance) => distance < -reach)) return undefined;
  const near = (within: number) => ({
    ...nearer(away, "left", "right", within),
    ...nearer(away, "top", "bottom", within),
  });
  const [corner, edge] = [near(2.5 * reach), near(reach)];
  if (Object.keys(corner).length === 2) return corner;
  return Object.keys(edge).length > 0 ? edge : undefined;
}

/** Of two edges the nearer one, if it is near. */
function nearer<K extends keyof Edges>(away: Record<K, number>, a: K, b: K, within: number): Edges {
  const edge = away[a] <= away[b] ? a : b;
  return away[edge] <= within ? { [edge]: true } : {};
}

/** A box whose held edges were pulled so far; it stays as large as it must be, and its other edges where they are. */
export function pulled(
  { x, y, w, h }: Box,
  edges: Edges,
  by: Point,
  least: { readonly w: number; readonly h: number },
) {
  const width = Math.max(least.w, w + (edges.right ? by.x : edges.left ? -by.x : 0));
  const height = Math.max(least.h, h + (edges.bottom ? by.y : edges.top ? -by.y : 0));
  return { x: edges.left ? x + w - width : x, y: edges.top ? y + h - height : y, w: width, h: height };
}
