import type { Editor } from "./editor.ts";
import type { Canvas } from "../canvas/canvas.ts";

/** The node that has the focus, if one has. */
export function focusedNode(): string | undefined {
  const { activeElement } = document;
  return activeElement instanceof HTMLElement ? activeElement.dataset["node"] : undefined;
}

/**
 * The node that an arrow key leads to: the nearest in that direction, where being beside counts more than being near. From
 * the canvas itself, the first node.
 */
function neighbour(editor: Editor, from: string | undefined, dx: number, dy: number): string | undefined {
  const { layout } = editor;
  const start = from === undefined ? undefined : layout.box(from);
  if (!start) return [...layout.ids][0];
  let [found, nearest]: [string | undefined, number] = [undefined, Infinity];
  const middle = { x: start.x + start.w / 2, y: start.y + start.h / 2 };
  for (const id of layout.ids) {
    if (id === from) continue;
    const box = layout.box(id)!;
    const [x, y] = [box.x + box.w / 2 - middle.x, box.y + box.h / 2 - middle.y];
    const along = x * dx + y * dy;
    if (along <= 1) continue;
    const away = along + 2.5 * Math.abs(x * dy + y * dx);
    if (away < nearest) [found, nearest] = [id, away];
  }
  return found;
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Keys on the canvas and on nodes: arrows go from node to node, Enter into a node's fields, Space selects, Escape goes out. */
export function handleFocusKey(event: KeyboardEvent, editor: Editor, canvas: Canvas): boolean {
  const id = focusedNode();
  const isOnCanvas = event.target === canvas.container || event.target === document.body;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const arrow = arrows[event.key];
  if (arrow && (id !== undefined || isOnCanvas)) {
    const next = neighbour(editor, id, ...arrow);
    if (next === undefined) return true;
    canvas.focus(next);
    if (event.shiftKey) editor.selection.add([next]);
    else editor.selection.set([next]);
    return true;
  }
  if (event.key === "Escape") return leave(event.target, editor, canvas);
  if (id === undefined) return false;
  if (event.key === "Enter") {
    firstField(event.target as HTMLElement)?.focus();
    return true;
  }
  if (event.key === " ") {
    editor.selection.toggle(id);
    return true;
  }
  return false;
}

function firstField(card: HTMLElement): HTMLElement | null {
  return card.querySelector<HTMLElement>(
    ".row-control input, .row-control select, .row-control textarea, .row-control button",
  );
}

/** From a field to its node, from a node to the canvas, from the canvas to nothing selected; from the inspector back. */
function leave(target: EventTarget | null, editor: Editor, canvas: Canvas): boolean {
  if (target instanceof Element && target.closest(".inspector")) {
    const [selected] = editor.selection.ids;
    if (selected === undefined) canvas.container.focus();
    else canvas.focus(selected);
    return true;
  }
  if (!(target instanceof HTMLElement) || (target !== document.body && !canvas.container.contains(target)))
    return false;
  const card = target.closest<HTMLElement>("[data-node]");
  if (card && card !== target) card.focus();
  else if (card) canvas.container.focus();
  else if (editor.selection.ids.size > 0 || editor.selection.link !== undefined) editor.selection.set([]);
  else editor.leave();
  return true;
}
