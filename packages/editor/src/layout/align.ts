import type { Box, Point } from "../document/graph.ts";

export type Alignment = "left" | "right" | "top" | "bottom";

/** Places that put boxes in line with the outermost of them. */
export function align(boxes: ReadonlyMap<string, Box>, side: Alignment): Map<string, Point> {
  const all = [...boxes.values()];
  const left = Math.min(...all.map(({ x }) => x));
  const right = Math.max(...all.map(({ x, w }) => x + w));
  const top = Math.min(...all.map(({ y }) => y));
  const bottom = Math.max(...all.map(({ y, h }) => y + h));
  const place = ({ x, y, w, h }: Box): Point =>
    ({ left: { x: left, y }, right: { x: right - w, y }, top: { x, y: top }, bottom: { x, y: bottom - h } })[side];
  return new Map([...boxes].map(([id, box]) => [id, place(box)]));
}

/** Places with equal gaps between the first and the last box, across or down. */
export function distribute(boxes: ReadonlyMap<string, Box>, axis: "x" | "y"): Map<string, Point> {
  const length = axis === "x" ? "w" : "h";
  const inOrder = [...boxes].sort(([, a], [, b]) => a[axis] - b[axis]);
  const [first, last] = [inOrder[0]?.[1], inOrder.at(-1)?.[1]];
  if (!first || !last || inOrder.length < 3) return new Map();
  const filled = inOrder.reduce((sum, [, box]) => sum + box[length], 0);
  const gap = (last[axis] + last[length] - first[axis] - filled) / (inOrder.length - 1);
  let at = first[axis];
  return new Map(
    inOrder.map(([id, box]) => {
      const place = { x: box.x, y: box.y, [axis]: at };
      at += box[length] + gap;
      return [id, place];
    }),
  );
}
