import type { Editor } from "../app/editor.ts";
import { bendLink } from "../document/commands/canvas.ts";
import type { Point } from "../document/graph.ts";
import type { Link } from "../document/links.ts";
import { middleOf, nearestOn } from "../layout/link-path.ts";

/** One of the points that a link is led through. */
export interface BendPlace {
  readonly link: string;
  readonly index: number;
}

/** A bend that is being dragged, from where it was. */
export interface BendDrag extends BendPlace {
  readonly start: readonly Point[];
}

/** The bend within reach of a point, the nearest first. */
export function bendAt(editor: Editor, point: Point, reach: number): BendPlace | undefined {
  let [found, nearest]: [BendPlace | undefined, number] = [undefined, reach];
  for (const [link, points] of editor.layout.bends) {
    points.forEach(({ x, y }, index) => {
      const away = Math.hypot(x - point.x, y - point.y);
      if (away < nearest && editor.layout.link(link)) [found, nearest] = [{ link, index }, away];
    });
  }
  return found;
}

/** Leads a link through one more point, and selects that. Without a point, through the middle of its longest piece. */
export function addBend(editor: Editor, link: Link, point?: Point): void {
  const curve = editor.layout.curve(link);
  if (!curve) return;
  const { at, piece } = point ? { at: point, piece: nearestOn(curve, point).piece } : middleOf(curve);
  editor.run(bendLink(link.id, curve.bends.toSpliced(piece, 0, at)));
  editor.selection.setLink(link.id, piece);
}

export function removeBend(editor: Editor, { link, index }: BendPlace): void {
  editor.run(bendLink(link, (editor.layout.bends.get(link) ?? []).toSpliced(index, 1)));
  editor.selection.setLink(link);
}

export function beginBendDrag(editor: Editor, place: BendPlace): BendDrag {
  editor.selection.setLink(place.link, place.index);
  return { ...place, start: editor.layout.bends.get(place.link)! };
}

export function dragBend(editor: Editor, { link, index, start }: BendDrag, to: Point): void {
  editor.layout.move({ nodes: new Map(), bends: new Map([[link, start.with(index, to)]]) });
}

export function cancelBendDrag(editor: Editor, { link, start }: BendDrag): void {
  editor.layout.move({ nodes: new Map(), bends: new Map([[link, start]]) });
}

export function finishBendDrag(editor: Editor, { link }: BendDrag): void {
  editor.run(bendLink(link, editor.layout.bends.get(link)!));
}
