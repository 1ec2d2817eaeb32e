import type { Editor } from "../app/editor.ts";
import type { Canvas } from "./canvas.ts";
import { isCanvas } from "./places.ts";
import { directionOf, type Edges, edgesAt } from "../layout/edges.ts";

/** Shows what a press would do here: resize a card, or move a bend. */
export function showCursor(editor: Editor, canvas: Canvas, event: PointerEvent): void {
  if (event.pointerType === "touch") return;
  const { classList } = canvas.container;
  const edges = edgeOf(editor, canvas, event)?.edges;
  const direction = edges && directionOf(edges);
  for (const each of ["x", "y", "nwse", "nesw"] as const) classList.toggle(`is-over-${each}`, direction === each);
  const mayBend = editor.layout.bends.size > 0 && isCanvas(canvas, event.target);
  classList.toggle("is-over-bend", mayBend && canvas.bendAt(canvas.point(event), 10) !== undefined);
}

/** Of edges those at the sides: a folded card is as high as its title. */
function sidesOf(edges: Edges | undefined): Edges | undefined {
  if (edges?.left) return { left: true };
  return edges?.right ? { right: true } : undefined;
}

/** The card, and its edges, that the pointer is on: not where a socket or a field is. */
export function edgeOf(
  editor: Editor,
  canvas: Canvas,
  event: PointerEvent,
): { readonly id: string; readonly edges: Edges } | undefined {
  const target = event.target instanceof Element ? event.target : undefined;
  // Beside a rounded corner it is what holds the card that is pressed.
  const isBeside = target?.parentElement !== canvas.container && target !== canvas.holder;
  const card =
    target?.closest<HTMLElement>("[data-node]") ?? (isBeside && target?.querySelector<HTMLElement>("[data-node]"));
  const id = card ? card.dataset["node"] : undefined;
  const box = id === undefined ? undefined : editor.layout.box(id);
  if (id === undefined || !box || target!.closest(".socket, input, textarea, select, button")) return undefined;
  const reach = (event.pointerType === "touch" ? 8 : 5) / canvas.camera.k;
  const found = edgesAt(box, canvas.point(event), reach);
  const edges = editor.layout.plan(id)!.rows.length === 0 ? sidesOf(found) : found;
  // A finger would often take a card by its edge that only wants to move it.
  const isMeant = event.pointerType !== "touch" || (edges?.right === true && edges.bottom);
  return edges && isMeant ? { id, edges } : undefined;
}
