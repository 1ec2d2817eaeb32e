import { type ReactNode, useCallback, useSyncExternalStore } from "react";
import type { Editor } from "../app/editor.ts";
import { useEditor, useServices } from "../app/editor-context.ts";
import { t } from "../messages/translate.ts";

/** Shows what a run made beside what it was made of. */
export function CompareButton(): ReactNode {
  const editor = useEditor();
  const services = useServices();
  const subscribe = useCallback((listener: () => void) => editor.pictures.onChange(listener), [editor]);
  const node = useSyncExternalStore(subscribe, () => resultNode(editor));
  if (node === undefined) return null;
  return (
    <button type="button" className="button is-small" onClick={() => services.view(node, true)}>
      {t("viewer.compare-result")}
    </button>
  );
}

/** The node of the first named output that is a picture, else the last node that made one. */
function resultNode(editor: Editor): string | undefined {
  const hasResult = (id: string): boolean => editor.pictures.get(id)?.source === "result";
  const named = Object.values(editor.graph.outputs).map(({ node }) => node);
  return named.find(hasResult) ?? Object.keys(editor.graph.nodes).findLast(hasResult);
}
