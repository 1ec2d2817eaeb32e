import type { Box, Point } from "../document/graph.ts";

/** A line that shows what a box has snapped to. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** How far to shift a box so that it stands in line with others, and the lines that say so. */
export interface Snap extends Point {
  readonly guides: readonly Guide[];
}

/** Moves a box to the nearest line within reach: left, middle or right on left, middle or right; the same upright. */
export function snap(box: Box, others: readonly Box[], reach: number): Snap {
  const x = nearest(box, others, reach, "x", "w");
  const y = nearest(box, others, reach, "y", "h");
  return {
    x: x?.shift ?? 0,
    y: y?.shift ?? 0,
    guides: [
      ...(x ? [{ axis: "x", at: x.at, ...span(box, x.other, "y", "h") } as const] : []),
      ...(y ? [{ axis: "y", at: y.at, ...span(box, y.other, "x", "w") } as const] : []),
    ],
  };
}

function nearest(box: Box, others: readonly Box[], reach: number, start: "x" | "y", length: "w" | "h") {
  let best: { shift: number; at: number; other: Box } | undefined;
  for (const other of others) {
    // Like edges meet like edges, and middles middles: more lines than that are noise.
    for (const part of [0, 0.5, 1]) {
      const at = other[start] + other[length] * part;
      const shift = at - (box[start] + box[length] * part);
      if (Math.abs(shift) <= reach && Math.abs(shift) < Math.abs(best?.shift ?? Infinity)) best = { shift, at, other };
    }
  }
  return best;
}

function span(a: Box, b: Box, start: "x" | "y", length: "w" | "h") {
  return { from: Math.min(a[start], b[start]), to: Math.max(a[start] + a[length], b[start] + b[length]) };
}
