import type { Editor } from "../app/editor.ts";
import { viewNode } from "../document/commands/nodes.ts";
import type { Box, Point } from "../document/graph.ts";
import { type Edges, pulled } from "../layout/edges.ts";
import type { SizeParts } from "../layout/layout-store.ts";

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

const [least, largest] = [
  { w: 0, h: 0 },
  { w: 1600, h: 2400 },
] as const;

export function beginResize(editor: Editor, id: string, edges: Edges, from: Point): Resize {
  return { id, edges, start: editor.layout.box(id)!, from, parts: undefined };
}

/** Draws the card as large as the pointer wants, as far as its rows allow. */
export function resize(editor: Editor, held: Resize, to: Point): void {
  const { id, edges, start, from } = held;
  const { w, h } = pulled(start, edges, { x: to.x - from.x, y: to.y - from.y }, least);
  const isWide = edges.left === true || edges.right === true;
  const isHigh = edges.top === true || edges.bottom === true;
  const size = {
    ...(isWide && { w: Math.min(largest.w, Math.round(w)) }),
    ...(isHigh && { h: Math.min(largest.h, Math.round(h)) }),
  };
  held.parts = editor.layout.resize(id, size, edges);
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
