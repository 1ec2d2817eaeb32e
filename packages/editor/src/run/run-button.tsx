import type { ReactNode } from "react";
import type { ActionContext } from "../app/actions.ts";
import { useDocument, useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";
import { paidNodes } from "./paid-nodes.ts";
import type { RunController } from "./run-controller.ts";

interface RunButtonProps {
  readonly context: ActionContext;
  readonly runs: RunController;
  readonly service: string | undefined;
}

/** What running costs, where it goes, and the button that runs or cancels. */
export function RunButton({ context, runs, service }: RunButtonProps): ReactNode {
  const editor = useEditor();
  useCell(runs.shown);
  const jobs = useDocument("file", paidNodes);
  const problems = useCell(editor.problems.all).filter(({ severity }) => severity === "error").length;
  const { isRunning } = runs;
  const blocked = problems === 1 ? t("run.problem") : t("run.problems", { count: problems });
  return (
    <>
      {service !== undefined && <ServiceBadge service={service} />}
      <span className={`jobs wide-only ${jobs > 0 && service === "runcomfy" ? "is-paid" : ""}`}>
        {jobsText(jobs, service === "sandbox")}
      </span>
      {isRunning ? (
        <button type="button" className="button" onClick={() => context.page.interrupt()}>
          <Icon name="stop" />
          {t("action.cancel")}
        </button>
      ) : (
        <button
          type="button"
          className="button is-main"
          title={problems > 0 ? blocked : undefined}
          onClick={() => context.page.run()}
        >
          <Icon name="play" />
          {t("action.run")}
        </button>
      )}
    </>
  );
}

function jobsText(count: number, isSandbox: boolean): string {
  if (count === 0) return t("run.no-jobs");
  if (isSandbox) return count === 1 ? t("run.free-job") : t("run.free-jobs", { count });
  return count === 1 ? t("run.job") : t("run.jobs", { count });
}

function ServiceBadge({ service }: { readonly service: string }): ReactNode {
  const isSandbox = service === "sandbox";
  return (
    <span
      className={`badge wide-only ${isSandbox ? "" : "is-real"}`}
      title={t(isSandbox ? "run.sandbox-hint" : "run.real-hint")}
    >
      {t(isSandbox ? "run.sandbox" : "run.real")}
      {isSandbox && <span className="badge-more">{t("run.sandbox-more")}</span>}
    </span>
  );
}
