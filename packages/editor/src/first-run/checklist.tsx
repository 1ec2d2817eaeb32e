import { type ReactNode, useEffect, useState } from "react";
import { Icon } from "../app/icon.tsx";
import { useDocument, useEditor } from "../app/editor-context.ts";
import { type MessageKey, t } from "../messages/translate.ts";
import type { RunController } from "../run/run-controller.ts";
import { useCell } from "../state/cell.ts";
import { FirstSteps, type Step } from "./first-steps.ts";

const steps: readonly { readonly step: Step; readonly label: MessageKey }[] = [
  { step: "run", label: "first.run" },
  { step: "compare", label: "first.compare" },
  { step: "change", label: "first.change" },
];

interface ChecklistProps {
  readonly runs: RunController;
  /** Before and after are looked at. */
  readonly isComparing: boolean;
}

/** What to try first, ticked as it is done; gone for good when it is dismissed, and not shown while there is nothing to run. */
export function Checklist({ runs, isComparing }: ChecklistProps): ReactNode {
  const editor = useEditor();
  const [first] = useState(() => new FirstSteps(localStorage));
  const done = useCell(first.done);
  const run = useCell(runs.shown);
  const isEmpty = useDocument("file", ({ layout }) => layout.size === 0);
  useEffect(() => {
    if (run?.status === "succeeded") first.ran(run.id, editor.document.workflow);
  }, [first, run?.status, run?.id, editor]);
  useEffect(() => {
    if (isComparing) first.compared();
  }, [first, isComparing]);
  if (!done || isEmpty) return null;
  return (
    <section className="first-steps" aria-label={t("first.title")}>
      <ol>
        {steps.map(({ step, label }, index) => (
          <li key={step} className={done.has(step) ? "is-done" : ""}>
            <span className="first-mark">{done.has(step) ? <Icon name="check" /> : index + 1}</span>
            {t(label)}
            {done.has(step) && <span className="visually-hidden">{t("first.done")}</span>}
          </li>
        ))}
      </ol>
      <button type="button" className="button is-small" onClick={() => first.dismiss()}>
        {t("first.dismiss")}
      </button>
    </section>
  );
}
