import type { Canvas } from "./canvas.ts";

/** Whether an event happened on the empty canvas: not on a node, a note or a bar. */
export function isCanvas(canvas: Canvas, target: EventTarget | null): boolean {
  return target === canvas.container || target === canvas.holder;
}

/** Whether an event happened in something that is typed into. */
export function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      "input:not([type=range], [type=checkbox], [type=color]), textarea, select, [contenteditable=true]",
    ) !== null
  );
}
