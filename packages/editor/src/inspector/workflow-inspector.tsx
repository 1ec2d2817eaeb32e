import type { ReactNode } from "react";
import { useDocument, useEditor } from "../app/editor-context.ts";
import { describeFile } from "../document/commands/interface.ts";
import { subWorkflowTitle } from "../document/sub-workflow-title.ts";
import { t } from "../messages/translate.ts";
import { NamedInputs } from "./named-inputs.tsx";
import { NamedOutputs } from "./named-outputs.tsx";
import { ProblemList } from "./problem-list.tsx";

/** The workflow itself: its name, what callers can set and get, and what is wrong with it. */
export function WorkflowInspector(): ReactNode {
  const editor = useEditor();
  const name = useDocument("file", ({ document }) => document.workflow.name ?? "");
  const description = useDocument("file", ({ document }) => document.workflow.description ?? "");
  const scope = useDocument("file", ({ document }) => document.scope);
  if (scope !== undefined) {
    return (
      <>
        <h2>{t("inspector.sub-workflow", { name: subWorkflowTitle(editor.document.workflow, scope) })}</h2>
        <NamedInputs />
        <NamedOutputs />
        <ProblemList />
      </>
    );
  }
  return (
    <>
      <h2>{t("inspector.workflow")}</h2>
      <label className="field">
        <span>{t("inspector.name")}</span>
        <input
          className="field-input"
          value={name}
          onChange={(event) => editor.run(describeFile({ name: event.target.value }), { merge: "file.name" })}
          onBlur={() => editor.document.seal()}
        />
      </label>
      <label className="field">
        <span>{t("inspector.description")}</span>
        <textarea
          className="field-input field-area"
          value={description}
          onChange={(event) =>
            editor.run(describeFile({ description: event.target.value }), { merge: "file.description" })
          }
          onBlur={() => editor.document.seal()}
        />
      </label>
      <NamedInputs />
      <NamedOutputs />
      <ProblemList />
    </>
  );
}
