import { type ReactNode, useSyncExternalStore } from "react";
import { useEditor } from "../app/editor-context.ts";
import { t } from "../messages/translate.ts";
import { NodeInspector } from "./node-inspector.tsx";
import { WorkflowInspector } from "./workflow-inspector.tsx";

/** Shows what is selected: one node in full, or the workflow with its named inputs and outputs. */
export default function Inspector(): ReactNode {
  const { selection } = useEditor();
  const ids = useSyncExternalStore(selection.subscribe, () => selection.ids);
  const [first] = ids;
  return (
    <aside className="inspector" aria-label={t("inspector.label")}>
      {ids.size === 1 && first !== undefined ? (
        <NodeInspector key={first} id={first} />
      ) : ids.size > 1 ? (
        <SeveralNodes ids={[...ids]} />
      ) : (
        <WorkflowInspector />
      )}
    </aside>
  );
}

/** The most nodes that are listed; a graph may have thousands. */
const listedAtMost = 200;

/** The selected nodes by name; one that is pressed is selected alone. */
function SeveralNodes({ ids }: { readonly ids: readonly string[] }): ReactNode {
  const editor = useEditor();
  return (
    <>
      <h2>{t("inspector.several", { count: ids.length })}</h2>
      <p>{t("inspector.several-hint")}</p>
      <ul className="inspector-list">
        {ids.slice(0, listedAtMost).map((id) => (
          <li key={id}>
            <button type="button" className="problem-button is-plain" onClick={() => editor.selection.set([id])}>
              {editor.title(id)}
              <small>{id}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
