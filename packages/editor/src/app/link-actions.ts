import { addBend, removeBend } from "../canvas/bend-links.ts";
import { bendLink } from "../document/commands/canvas.ts";
import { disconnect } from "../document/commands/inputs.ts";
import type { Link } from "../document/links.ts";
import { middleOf } from "../layout/link-path.ts";
import { t } from "../messages/translate.ts";
import type { ActionContext } from "./actions.ts";
import type { Editor } from "./editor.ts";
import { focusedNode } from "./roving-focus.ts";

/** The selected link. */
function chosen({ layout, selection }: Editor): Link | undefined {
  return selection.link === undefined ? undefined : layout.link(selection.link);
}

/** Selects the next link of the focused or selected node: first those that lead into it, then those that leave it. */
export function selectNextLink({ editor, services }: ActionContext): void {
  const { layout, selection } = editor;
  const before = chosen(editor);
  const node = focusedNode() ?? [...selection.ids][0] ?? before?.to.node;
  if (node === undefined) return;
  const links = [...layout.linksInto(node), ...layout.linksOutOf(node)];
  const next = links[(links.findIndex(({ id }) => id === before?.id) + 1) % Math.max(1, links.length)];
  if (!next) return editor.announce(t("link.no-links", { node: editor.title(node) }));
  selection.setLink(next.id);
  const curve = layout.curve(next);
  if (curve) services.canvas()?.show(middleOf(curve).at);
  const [from, to] = [editor.title(next.from.node), editor.title(next.to.node)];
  editor.announce(t("link.selected", { from, to, place: links.indexOf(next) + 1, count: links.length }));
}

/** Leads the selected link through one more point. */
export function bendSelectedLink({ editor }: ActionContext): void {
  const link = chosen(editor);
  if (!link) return;
  addBend(editor, link);
  announceBend(editor);
}

/** Selects the next of the points that the selected link is led through. */
export function selectNextBend({ editor, services }: ActionContext): void {
  const { link, bend = -1 } = editor.selection;
  const points = link === undefined ? [] : (editor.layout.bends.get(link) ?? []);
  if (link === undefined || points.length === 0) return;
  const next = (bend + 1) % points.length;
  editor.selection.setLink(link, next);
  services.canvas()?.show(points[next]!);
  announceBend(editor);
}

export function straightenSelectedLink({ editor }: ActionContext): void {
  const { link } = editor.selection;
  if (link === undefined) return;
  editor.run(bendLink(link, []));
  editor.selection.setLink(link);
}

/** Moves the selected bend. Returns whether there is one. */
export function nudgeBend(editor: Editor, dx: number, dy: number): boolean {
  const { link, bend } = editor.selection;
  const points = link === undefined ? undefined : editor.layout.bends.get(link);
  const at = bend === undefined ? undefined : points?.[bend];
  if (link === undefined || bend === undefined || !points || !at) return false;
  editor.run(bendLink(link, points.with(bend, { x: at.x + dx, y: at.y + dy })), { merge: `nudge ${link} ${bend}` });
  return true;
}

/** Deletes the selected bend, or else the selected link. Returns whether there was one. */
export function deleteLinkOrBend(editor: Editor): boolean {
  const link = chosen(editor);
  if (!link) return false;
  const { bend } = editor.selection;
  if (bend !== undefined && editor.layout.bends.get(link.id)?.[bend])
    removeBend(editor, { link: link.id, index: bend });
  else editor.run(disconnect({ ...link.to, ...(link.index !== undefined && { index: link.index }) }));
  return true;
}

function announceBend(editor: Editor): void {
  const { selection, layout } = editor;
  const count = layout.bends.get(selection.link ?? "")?.length ?? 0;
  editor.announce(t("link.bend", { place: (selection.bend ?? 0) + 1, count }));
}
