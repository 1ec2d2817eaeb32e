import type { ReactNode } from "react";
import type { ActionContext } from "../app/actions.ts";
import { useEditor } from "../app/editor-context.ts";
import { Icon } from "../app/icon.tsx";
import { t } from "../messages/translate.ts";
import type { Service } from "../server/api.ts";
import { useCell } from "../state/cell.ts";
import type { RunController } from "./run-controller.ts";
import { type JobCount, useJobCount } from "./use-job-count.ts";
import "./run.css";

interface RunButtonProps {
  readonly context: ActionContext;
  readonly runs: RunController;
  readonly service: Service;
  readonly services: readonly Service[];
}

/** What running costs, where it goes, the button that runs or cancels, and the menu of other ways to run. */
export function RunButton({ context, runs, service, services }: RunButtonProps): ReactNode {
  const editor = useEditor();
  useCell(runs.shown);
  const problems = useCell(editor.problems.all).filter(({ severity }) => severity === "error").length;
  const { isRunning } = runs;
  const jobs = useJobCount(service, isRunning);
  const blocked = problems === 1 ? t("run.problem") : t("run.problems", { count: problems });
  return (
    <>
      <ServiceBadge service={service} onClick={() => context.page.settings()} />
      <span className={`jobs wide-only ${jobs.count > 0 && service === "runcomfy" ? "is-paid" : ""}`}>
        {jobsText(jobs, service === "sandbox")}
      </span>
      <span className="run-buttons">
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
            <span className="run-label">
              {t("action.run")}
              <small aria-hidden="true">{service === "sandbox" ? t("run.free") : jobsText(jobs, false)}</small>
            </span>
          </button>
        )}
        <button
          type="button"
          className={`button run-more ${isRunning ? "" : "is-main"}`}
          aria-haspopup="menu"
          aria-label={t("run.more")}
          title={t("run.more")}
          onClick={(event) => {
            const { right, bottom } = event.currentTarget.getBoundingClientRect();
            context.page.menu(
              { x: right, y: bottom + 4 },
              runMenu(editor.selection.ids.size > 0, other(service, services)),
            );
          }}
        >
          <Icon name="chevron" />
        </button>
      </span>
    </>
  );
}

/** The service that the workspace has not chosen, when there is one. */
function other(service: Service, services: readonly Service[]): Service | undefined {
  return services.find((each) => each !== service);
}

function runMenu(hasSelection: boolean, elsewhere: Service | undefined) {
  const selection = hasSelection ? (["runTo", "runFrom", "runOnly"] as const) : [];
  const there = elsewhere === undefined ? [] : ([elsewhere === "sandbox" ? "runSandbox" : "runReal"] as const);
  return ["run", ...there, ...selection, undefined, "queue", "jobs", "history", undefined, "settings"] as const;
}

function jobsText({ count, mayBeMore }: JobCount, isSandbox: boolean): string {
  if (count === 0) return t("run.no-jobs");
  const [one, many] = isSandbox ? (["run.free-job", "run.free-jobs"] as const) : (["run.job", "run.jobs"] as const);
  const jobs = count === 1 ? t(one) : t(many, { count });
  return mayBeMore ? t("run.jobs-least", { jobs }) : jobs;
}

interface ServiceBadgeProps {
  readonly service: Service;
  onClick(): void;
}

function ServiceBadge({ service, onClick }: ServiceBadgeProps): ReactNode {
  const isSandbox = service === "sandbox";
  return (
    <button
      type="button"
      className={`badge wide-only ${isSandbox ? "" : "is-real"}`}
      title={t(isSandbox ? "run.sandbox-hint" : "run.real-hint")}
      onClick={onClick}
    >
      {t(isSandbox ? "run.sandbox" : "run.real")}
      {isSandbox && <span className="badge-more">{t("run.sandbox-more")}</span>}
    </button>
  );
}
