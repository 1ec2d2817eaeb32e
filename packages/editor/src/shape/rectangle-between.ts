import type { Point } from "../document/graph.ts";
import type { Rectangle } from "./drawable.ts";

/** The rectangle between two corners, in whole pixels; of a shape (width ÷ height) the smallest that reaches as far. */
export function between(from: Point, to: Point, shape: number | undefined): Rectangle {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const wide = shape === undefined ? Math.abs(dx) : Math.max(Math.abs(dx), Math.abs(dy) * shape);
  const high = shape === undefined ? Math.abs(dy) : wide / shape;
  const [left, top] = [dx < 0 ? from.x - wide : from.x, dy < 0 ? from.y - high : from.y];
  const [x, y] = [Math.round(left), Math.round(top)];
  return { x, y, width: Math.round(left + wide) - x, height: Math.round(top + high) - y };
}

/** The corner that keeps a shape when the other one was moved along one axis alone. */
export function inShape(
  from: Point,
  to: Point,
  { shape, isAcross }: { readonly shape: number | undefined; readonly isAcross: boolean },
): Point {
  if (shape === undefined) return to;
  if (isAcross) return { x: to.x, y: from.y + (Math.sign(to.y - from.y) * Math.abs(to.x - from.x)) / shape };
  return { x: from.x + Math.sign(to.x - from.x) * Math.abs(to.y - from.y) * shape, y: to.y };
}
