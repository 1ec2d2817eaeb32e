import type { Point } from "../document/graph.ts";

/** A link's curve: a cubic from an output's socket to an input's. */
export interface Curve {
  readonly from: Point;
  readonly to: Point;
  /** How far the control points lie beside the ends. */
  readonly reach: number;
}

export function curveBetween(from: Point, to: Point): Curve {
  const [dx, dy] = [to.x - from.x, Math.abs(to.y - from.y)];
  const reach = dx >= 0 ? Math.max(24, Math.min(dx * 0.5, 160), Math.min(dy * 0.25, 60)) : Math.min(60 - dx * 0.4, 220);
  return { from, to, reach };
}

/** The curve as an SVG path. */
export function pathOf({ from, to, reach }: Curve): string {
  return `M${from.x} ${from.y}C${from.x + reach} ${from.y} ${to.x - reach} ${to.y} ${to.x} ${to.y}`;
}

function pointOn({ from, to, reach }: Curve, t: number): Point {
  const s = 1 - t;
  const [a, b, c, d] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return {
    x: a * from.x + b * (from.x + reach) + c * (to.x - reach) + d * to.x,
    y: (a + b) * from.y + (c + d) * to.y,
  };
}

const samples = 24;

/** The distance of a point from the curve, near enough for a pointer. */
export function distanceTo(curve: Curve, point: Point): number {
  let [nearest, before] = [Infinity, curve.from];
  for (let i = 1; i <= samples; i++) {
    const next = pointOn(curve, i / samples);
    nearest = Math.min(nearest, distanceToSegment(point, before, next));
    before = next;
  }
  return nearest;
}

function distanceToSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
