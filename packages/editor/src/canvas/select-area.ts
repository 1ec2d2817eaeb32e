import type { Editor } from "../app/editor.ts";
import type { Point } from "../document/graph.ts";

/** An area that is being drawn to select what it touches, or to take that out of the selection. */
export interface AreaSelection {
  readonly from: Point;
  /** What was selected before. */
  readonly keep: ReadonlySet<string>;
  readonly removes: boolean;
}

export function beginArea({ selection }: Editor, from: Point, removes: boolean): AreaSelection {
  return { from, keep: new Set(selection.ids), removes };
}

export function selectArea({ layout, selection }: Editor, { from, keep, removes }: AreaSelection, to: Point): void {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  const inside = new Set(layout.within({ x, y, w: Math.abs(from.x - to.x), h: Math.abs(from.y - to.y) }));
  selection.set(removes ? [...keep].filter((id) => !inside.has(id)) : [...keep, ...inside]);
}
