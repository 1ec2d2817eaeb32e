import { lazy, type ReactNode, Suspense } from "react";
import { useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { changeBox } from "../document/commands/canvas.ts";
import type { Note } from "../document/view.ts";
import { t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";
import "./notes.css";

/** Markdown loads with the first note. */
const Markdown = lazy(() => import("./markdown.tsx"));

interface NoteBodyProps {
  readonly note: Note;
  readonly index: number;
}

/** What a note says: as it reads, or in writing. */
export function NoteBody({ note, index }: NoteBodyProps): ReactNode {
  const editor = useEditor();
  const isWriting = useCell(editor.writingNote) === index;
  if (!isWriting) {
    return (
      <>
        <div className="note-text" data-scrolls>
          {note.text === "" ? (
            <p className="note-empty">{t("note.empty")}</p>
          ) : (
            <Suspense fallback={<p>{note.text}</p>}>
              <Markdown text={note.text} />
            </Suspense>
          )}
        </div>
        <button
          type="button"
          className="icon-button note-edit"
          aria-label={t("note.edit")}
          title={t("note.edit")}
          onClick={() => editor.writingNote.set(index)}
        >
          <Icon name="pen" />
        </button>
      </>
    );
  }
  return (
    <textarea
      autoFocus
      aria-label={t("note.label")}
      aria-description={t("note.hint")}
      placeholder={t("note.hint")}
      value={note.text}
      onChange={(event) =>
        editor.run(changeBox("notes", index, { text: event.target.value }), { merge: `note.${index}` })
      }
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        event.stopPropagation();
        const section = event.currentTarget.closest<HTMLElement>("[data-note]");
        event.currentTarget.blur();
        section?.focus();
      }}
      onBlur={() => {
        editor.document.seal();
        editor.writingNote.set(undefined);
      }}
    />
  );
}
