import type { ReactNode } from "react";
import { renameWorkflow } from "../document/commands/sub-workflows.ts";
import { NameField } from "../inspector/name-field.tsx";
import { t } from "../messages/translate.ts";
import { useDocument, useEditor } from "./editor-context.ts";
import { Icon } from "./icon.tsx";

/** Which sub-workflow is shown, its name to change, and the way back. Nothing in the workflow itself. */
export function Breadcrumbs(): ReactNode {
  const editor = useEditor();
  const scope = useDocument("file", ({ document }) => document.scope);
  const name = useDocument("file", ({ document }) => document.workflow.name ?? t("app.untitled"));
  if (scope === undefined) return null;
  const rename = (to: string): void => {
    editor.document.enter(undefined);
    editor.run(renameWorkflow(scope, to));
    editor.document.enter(to);
  };
  return (
    <nav className="breadcrumbs" aria-label={t("group.path")}>
      <button type="button" className="button" onClick={() => editor.document.enter(undefined)}>
        {t("action.leave", { name })}
      </button>
      <Icon name="chevron" />
      <NameField
        name={scope}
        label={t("group.name")}
        isTaken={(wanted) => Object.hasOwn(editor.document.workflow.workflows, wanted)}
        onRename={rename}
      />
    </nav>
  );
}
