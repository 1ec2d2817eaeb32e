import type { Box, Point } from "../document/graph.ts";

/** A link's way: from an output's socket to an input's, through the points that it is led through. */
export interface Curve {
  readonly from: Point;
  readonly to: Point;
  /** How far the control points lie beside the ends. */
  readonly reach: number;
  readonly bends: readonly Point[];
}

/** One piece of a way: from `a` to `d`, drawn towards `b` and coming from `c`. */
interface Cubic {
  readonly a: Point;
  readonly b: Point;
  readonly c: Point;
  readonly d: Point;
}

const straight: readonly Point[] = [];

export function curveBetween(from: Point, to: Point, bends: readonly Point[] = straight): Curve {
  const [dx, dy] = [to.x - from.x, Math.abs(to.y - from.y)];
  const reach = dx >= 0 ? Math.max(24, Math.min(dx * 0.5, 160), Math.min(dy * 0.25, 60)) : Math.min(60 - dx * 0.4, 220);
  return { from, to, reach, bends };
}

function cubicsOf({ from, to, reach, bends }: Curve): readonly Cubic[] {
  if (bends.length === 0)
    return [{ a: from, b: { x: from.x + reach, y: from.y }, c: { x: to.x - reach, y: to.y }, d: to }];
  const knots = [from, ...bends, to];
  return knots.slice(1).map((d, i) => {
    const a = knots[i]!;
    const third = Math.hypot(d.x - a.x, d.y - a.y) / 3;
    const [out, into] = [direction(knots, i), direction(knots, i + 1)];
    return {
      a,
      b: { x: a.x + out.x * third, y: a.y + out.y * third },
      c: { x: d.x - into.x * third, y: d.y - into.y * third },
      d,
    };
  });
}

/** Where the way heads at a knot: to the right at its ends, between along the line from the knot before to the next. */
function direction(knots: readonly Point[], index: number): Point {
  const [before, after] = [knots[index - 1], knots[index + 1]];
  if (!before || !after) return { x: 1, y: 0 };
  const [x, y] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(x, y) || 1;
  return { x: x / length, y: y / length };
}

/** The way as an SVG path. */
export function pathOf(curve: Curve): string {
  const pieces = cubicsOf(curve).map(({ b, c, d }) => `C${b.x} ${b.y} ${c.x} ${c.y} ${d.x} ${d.y}`);
  return `M${curve.from.x} ${curve.from.y}${pieces.join("")}`;
}

/** Circles around points, as an SVG path. */
export function dotsOf(points: readonly Point[], radius: number): string {
  return points
    .map(
      ({ x, y }) =>
        `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`,
    )
    .join("");
}

/** Adds the way to the path of a canvas; from far away in straight lines. */
export function trace(context: CanvasRenderingContext2D, curve: Curve, isFar: boolean): void {
  context.moveTo(curve.from.x, curve.from.y);
  if (isFar) {
    for (const { x, y } of curve.bends) context.lineTo(x, y);
    context.lineTo(curve.to.x, curve.to.y);
  } else for (const { b, c, d } of cubicsOf(curve)) context.bezierCurveTo(b.x, b.y, c.x, c.y, d.x, d.y);
}

/** Whether a way may touch an area: it stays within its ends and control points. */
export function near(curve: Curve, area: Box): boolean {
  if (curve.bends.length > 0) return cubicsOf(curve).some((piece) => touches(piece, area));
  const { from, to, reach } = curve;
  return (
    Math.max(from.x + reach, to.x) >= area.x &&
    Math.min(from.x, to.x - reach) <= area.x + area.w &&
    Math.max(from.y, to.y) >= area.y &&
    Math.min(from.y, to.y) <= area.y + area.h
  );
}

function touches({ a, b, c, d }: Cubic, area: Box): boolean {
  return (
    Math.max(a.x, b.x, c.x, d.x) >= area.x &&
    Math.min(a.x, b.x, c.x, d.x) <= area.x + area.w &&
    Math.max(a.y, b.y, c.y, d.y) >= area.y &&
    Math.min(a.y, b.y, c.y, d.y) <= area.y + area.h
  );
}

function pointOn({ a, b, c, d }: Cubic, t: number): Point {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}

/** The middle of the longest piece of a way, and before which bend that is. */
export function middleOf(curve: Curve): { readonly at: Point; readonly piece: number } {
  const pieces = cubicsOf(curve);
  const length = ({ a, d }: Cubic) => Math.hypot(d.x - a.x, d.y - a.y);
  const piece = pieces.reduce((best, each, i) => (length(each) > length(pieces[best]!) ? i : best), 0);
  return { at: pointOn(pieces[piece]!, 0.5), piece };
}

const samples = 24;

/** How far a point is from a way, near enough for a pointer, and before which bend. */
export function nearestOn(curve: Curve, point: Point): { readonly distance: number; readonly piece: number } {
  let [distance, piece] = [Infinity, 0];
  cubicsOf(curve).forEach((cubic, index) => {
    let before = cubic.a;
    for (let i = 1; i <= samples; i++) {
      const next = pointOn(cubic, i / samples);
      const away = distanceToSegment(point, before, next);
      if (away < distance) [distance, piece] = [away, index];
      before = next;
    }
  });
  return { distance, piece };
}

function distanceToSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length));
  return Math.hypot(point.x - a.x - t * dx, point.y - a.y - t * dy);
}
