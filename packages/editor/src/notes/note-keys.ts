import type { KeyboardEvent } from "react";
import type { Editor } from "../app/editor.ts";
import { moveThings, removeBox } from "../document/commands/canvas.ts";
import { type Note, notesOf } from "../document/view.ts";
import type { Canvas } from "../canvas/canvas.ts";

const step = 10;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Keys of a note that has the focus: Enter writes, arrows move it, Delete removes it, Escape goes back to the canvas. */
export function handleNoteKey(
  event: KeyboardEvent<HTMLElement>,
  {
    editor,
    canvas,
    note,
    index,
  }: { readonly editor: Editor; readonly canvas: Canvas; readonly note: Note; readonly index: number },
): void {
  if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = arrows[event.key];
  if (arrow) {
    const place = { x: note.x + arrow[0] * step, y: note.y + arrow[1] * step };
    editor.run(moveThings({ nodes: new Map(), notes: new Map([[index, place]]) }), { merge: `nudge note ${index}` });
  } else if (event.key === "Enter" || event.key === "F2") editor.writingNote.set(index);
  else if (event.key === "Delete" || event.key === "Backspace") {
    canvas.container.focus();
    editor.run(removeBox("notes", index));
  } else if (event.key === "Escape") canvas.container.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Puts the focus on the note after the one that has it, and brings it into view. */
export function focusNextNote(editor: Editor, canvas: Canvas): void {
  const notes = notesOf(editor.graph);
  const at = Number(document.activeElement?.closest<HTMLElement>("[data-note]")?.dataset["note"] ?? -1);
  const next = notes[(at + 1) % notes.length];
  if (!next) return;
  canvas.center({ x: next.x + next.w / 2, y: next.y + next.h / 2 });
  canvas.container.querySelector<HTMLElement>(`[data-note="${(at + 1) % notes.length}"]`)?.focus();
}
