import { isField } from "../canvas/places.ts";
import type { Point } from "../document/graph.ts";
import { deleteNodes } from "../document/commands/nodes.ts";
import { copySelection, pasteText } from "./actions.ts";
import type { Editor } from "./editor.ts";

interface ClipboardOptions {
  readonly editor: Editor;
  /** Where pasted things go. */
  place(): Point;
  /** A picture or a workflow file came with the clipboard. */
  files(files: readonly File[], at: Point, target: EventTarget | null): void;
}

/** Copies and pastes nodes as text through the system's clipboard, so that it works across tabs. Returns how to stop. */
export function followClipboard({ editor, place, files }: ClipboardOptions): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let keepsLinks = false;
  const isOurs = (event: ClipboardEvent): boolean =>
    !isField(event.target) && !document.querySelector("dialog[open]") && (getSelection()?.isCollapsed ?? true);
  const copy = (event: ClipboardEvent): boolean => {
    const text = isOurs(event) ? copySelection(editor) : undefined;
    if (text === undefined) return false;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    return true;
  };
  document.addEventListener("copy", (event) => void copy(event), { signal });
  document.addEventListener(
    "cut",
    (event) => {
      if (copy(event)) editor.run(deleteNodes([...editor.selection.ids], editor.known));
    },
    { signal },
  );
  // The paste event does not say whether Shift was down.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key.toLowerCase() === "v") keepsLinks = event.shiftKey;
    },
    { capture: true, signal },
  );
  document.addEventListener(
    "paste",
    (event) => {
      const data = event.clipboardData;
      if (!data || !isOurs(event)) return;
      const came = [...data.files];
      if (came.length > 0) files(came, place(), event.target);
      else if (!pasteText(editor, data.getData("text/plain"), place(), keepsLinks)) return;
      event.preventDefault();
    },
    { signal },
  );
  return () => stop.abort();
}
