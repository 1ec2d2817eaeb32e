import { type ReactNode, useMemo, useState } from "react";
import type { Editor } from "../app/editor.ts";
import { useEditor } from "../app/editor-context.ts";
import { useOnce } from "./use-once.ts";
import { t } from "../messages/translate.ts";
import { Option, PickPanel } from "./pick-panel.tsx";

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
  return (
    <PickPanel
      name="find"
      label={t("action.find")}
      listLabel={t("action.find")}
      placeholder={t("find.placeholder")}
      className="search is-find"
      text={text}
      active={active}
      count={found.length}
      onText={setText}
      onActive={setActive}
      onChoose={(index) => onClose(found[index])}
      onClose={() => onClose()}
    >
      {found.map((id, index) => (
        <Option
          key={id}
          id={`find-${index}`}
          isActive={index === active}
          onHover={() => setActive(index)}
          onChoose={() => onClose(id)}
        >
          <span className={`node-mark is-${editor.describe(id)?.category.toLowerCase() ?? "none"}`} />
          <span className="search-text">
            {editor.title(id)}
            <small>
              {id} · {editor.graph.nodes[id]?.type}
            </small>
          </span>
        </Option>
      ))}
      {found.length === 0 && <li className="search-nothing">{t("find.nothing", { text })}</li>}
    </PickPanel>
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
