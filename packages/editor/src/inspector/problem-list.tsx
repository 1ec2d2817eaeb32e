import type { Diagnostic } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor, useServices } from "../app/editor-context.ts";
import { goToFinding } from "../app/go-to.ts";
import { Words } from "../app/words.tsx";
import { t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";

/** What is wrong with the workflow; each leads to its place. */
export function ProblemList(): ReactNode {
  const editor = useEditor();
  const problems = useCell(editor.problems.all);
  return (
    <>
      <h3>{t("inspector.problems")}</h3>
      {problems.length === 0 && <p>{t("inspector.no-problems")}</p>}
      <ul className="inspector-list">
        {problems.slice(0, 50).map((problem, index) => (
          <ProblemButton key={index} problem={problem} />
        ))}
      </ul>
    </>
  );
}

function ProblemButton({ problem }: { readonly problem: Diagnostic }): ReactNode {
  const editor = useEditor();
  const services = useServices();
  return (
    <button
      type="button"
      className={`problem-button is-${problem.severity}`}
      onClick={() => goToFinding(editor, services, problem)}
    >
      <Words text={problem.message} />
      {problem.suggestion !== undefined && (
        <small>
          <Words text={problem.suggestion} />
        </small>
      )}
    </button>
  );
}
