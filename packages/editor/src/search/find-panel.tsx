import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import type { Editor } from "../app/editor.ts";
import { useEditor } from "../app/editor-context.ts";
import { useOnce } from "./use-once.ts";
import { t } from "../messages/translate.ts";

interface FindPanelProps {
  /** Closes the panel; with the id of the node to go to. */
  onClose(found?: string): void;
}

const shownAtMost = 50;

/** Finds a node of the workflow by its title, type or id, and goes there. */
export function FindPanel({ onClose: onFound }: FindPanelProps): ReactNode {
  const editor = useEditor();
  const onClose = useOnce(onFound);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const found = useMemo(() => findNodes(editor, text), [editor, text]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setActive((active + step + found.length) % Math.max(1, found.length));
    else if (event.key === "Enter") onClose(found[active]);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className="search is-find"
      role="dialog"
      aria-label={t("action.find")}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) onClose();
      }}
    >
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls="find-list"
        aria-activedescendant={found[active] === undefined ? undefined : `find-${active}`}
        aria-label={t("action.find")}
        placeholder={t("find.placeholder")}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id="find-list" className="search-list" role="listbox" aria-label={t("action.find")} data-scrolls>
        {found.map((id, index) => (
          <li
            key={id}
            id={`find-${index}`}
            className="search-item"
            role="option"
            aria-selected={index === active}
            onPointerMove={() => setActive(index)}
            onPointerDown={(event) => {
              event.preventDefault();
              onClose(id);
            }}
          >
            <span className={`node-mark is-${editor.describe(id)?.category.toLowerCase() ?? "none"}`} />
            <span className="search-text">
              {editor.title(id)}
              <small>
                {id} · {editor.graph.nodes[id]?.type}
              </small>
            </span>
          </li>
        ))}
        {found.length === 0 && <li className="search-nothing">{t("find.nothing", { text })}</li>}
      </ul>
    </div>
  );
}

/** Ids of the nodes whose title, id or type holds the text; those whose title begins with it first. */
function findNodes(editor: Editor, text: string): readonly string[] {
  const wanted = text.trim().toLowerCase();
  const scored = Object.entries(editor.graph.nodes).flatMap(([id, { type }]) => {
    const title = editor.title(id).toLowerCase();
    if (title.startsWith(wanted)) return [{ id, score: 0 }];
    if (title.includes(wanted)) return [{ id, score: 1 }];
    return id.includes(wanted) || type.includes(wanted) ? [{ id, score: 2 }] : [];
  });
  return scored
    .sort((a, b) => a.score - b.score)
    .slice(0, shownAtMost)
    .map(({ id }) => id);
}
