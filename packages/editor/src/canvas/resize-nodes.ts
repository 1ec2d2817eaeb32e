import type { Editor } from "../app/editor.ts";
import { viewNode } from "../document/commands/nodes.ts";
import type { Box, Point } from "../document/graph.ts";
import type { SizeParts } from "../layout/layout-store.ts";

/** Which edges of a card are held. */
export interface Edges {
  readonly right: boolean;
  readonly bottom: boolean;
}

/** A card whose size is being changed. */
export interface Resize {
  readonly id: string;
  readonly edges: Edges;
  readonly start: Box;
  /** Where it was pressed. */
  readonly from: Point;
  /** What the file's view will hold. */
  parts: SizeParts | undefined;
}

const largest = { w: 1600, h: 2400 } as const;

/** The edges of a card that a point is on, within so many units; the corner reaches farther. */
export function edgesAt({ x, y, w, h }: Box, point: Point, reach: number, isFolded: boolean): Edges | undefined {
  const [toRight, toBottom] = [x + w - point.x, y + h - point.y];
  const isNear = (away: number, within: number) => away <= within && away >= -reach;
  if (isFolded) return isNear(toRight, reach) ? { right: true, bottom: false } : undefined;
  if (isNear(toRight, 2.5 * reach) && isNear(toBottom, 2.5 * reach)) return { right: true, bottom: true };
  if (isNear(toRight, reach)) return { right: true, bottom: false };
  return isNear(toBottom, reach) ? { right: false, bottom: true } : undefined;
}

export function beginResize(editor: Editor, id: string, edges: Edges, from: Point): Resize {
  return { id, edges, start: editor.layout.box(id)!, from, parts: undefined };
}

/** Draws the card as large as the pointer wants, as far as its rows allow. */
export function resize(editor: Editor, held: Resize, to: Point): void {
  const { id, edges, start, from } = held;
  const w = Math.min(largest.w, Math.round(start.w + to.x - from.x));
  const h = Math.min(largest.h, Math.round(start.h + to.y - from.y));
  held.parts = editor.layout.resize(id, { ...(edges.right && { w }), ...(edges.bottom && { h }) });
}

export function cancelResize(editor: Editor, { id }: Resize): void {
  editor.layout.update([id]);
}

export function finishResize(editor: Editor, { id, parts }: Resize): void {
  if (parts) editor.run(viewNode(id, parts));
}

/** Changes the size of the selected cards by keys, one step of undo for each card and burst. */
export function resizeBy(editor: Editor, dx: number, dy: number): void {
  for (const id of editor.selection.ids) {
    const box = editor.layout.box(id);
    if (!box) continue;
    const size = { ...(dx !== 0 && { w: box.w + dx }), ...(dy !== 0 && { h: box.h + dy }) };
    editor.run(viewNode(id, editor.layout.resize(id, size)), { merge: `size ${id}` });
  }
}
