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
        <h2>{t("inspector.several", { count: ids.size })}</h2>
      ) : (
        <WorkflowInspector />
      )}
    </aside>
  );
}
