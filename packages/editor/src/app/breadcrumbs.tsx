import type { ReactNode } from "react";
import { subWorkflowTitle, titleWorkflow } from "../document/sub-workflow-title.ts";
import { t } from "../messages/translate.ts";
import { scopeAt } from "../session/place.ts";
import { useCell } from "../state/cell.ts";
import { useDocument, useEditor } from "./editor-context.ts";
import { Icon } from "./icon.tsx";
import { TitleInput } from "./title-input.tsx";

/** Which sub-workflow is shown, its name to change, and the way back. Nothing in the workflow itself. */
export function Breadcrumbs(): ReactNode {
  const editor = useEditor();
  const scope = useDocument("file", ({ document }) => document.scope);
  const workflow = useDocument("file", ({ document }) => document.workflow);
  const path = useCell(editor.path);
  if (scope === undefined) return null;
  const rename = (to: string): void => {
    const { command } = titleWorkflow(workflow, scope, to);
    editor.document.enter(undefined);
    editor.run(command);
    editor.show(path);
  };
  // One that is used nowhere was come to by undo: the way back is to the workflow itself.
  const above = path.length === 0 ? [[]] : path.map((_, depth) => path.slice(0, depth));
  return (
    <nav className="breadcrumbs" aria-label={t("group.path")}>
      {above.map((way) => {
        const inner = way.length === 0 ? undefined : scopeAt(workflow, way)?.scope;
        const name = inner === undefined ? (workflow.name ?? t("app.untitled")) : subWorkflowTitle(workflow, inner);
        return (
          <span key={way.join("/")} className="breadcrumb">
            <button type="button" className="button" onClick={() => editor.show(way)}>
              {t("action.leave", { name })}
            </button>
            <Icon name="chevron" />
          </span>
        );
      })}
      <TitleInput title={subWorkflowTitle(workflow, scope)} label={t("group.name")} onTitle={rename} />
    </nav>
  );
}
