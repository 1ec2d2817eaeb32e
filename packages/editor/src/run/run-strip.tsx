import type { ReactNode } from "react";
import { Icon, type IconName } from "../app/icon.tsx";
import { Words } from "../app/words.tsx";
import { CompareButton } from "../compare/compare-button.tsx";
import { dollars, duration } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { savedUrl } from "../server/api.ts";
import { useCell } from "../state/cell.ts";
import type { RunController, ShownRun } from "./run-controller.ts";
import "./run.css";

interface RunStripProps {
  readonly runs: RunController;
  onQueue(): void;
}

/** What the last run does or did, below the canvas. */
export function RunStrip({ runs, onQueue }: RunStripProps): ReactNode {
  const run = useCell(runs.shown);
  const others = useCell(runs.workspace.active).filter(({ id }) => id !== run?.id).length;
  const isListed = useCell(runs.errorsOpen);
  if (!run && others === 0) return null;
  return (
    <footer className={`run-strip ${run ? `is-${run.status}` : ""}`}>
      {run && <RunWords run={run} />}
      {run?.status === "succeeded" && <CompareButton />}
      {run?.status === "failed" && !isListed && (
        <button type="button" className="button is-small" onClick={() => runs.errorsOpen.set(true)}>
          {t("run.errors")}
        </button>
      )}
      {run && run.files.length > 0 && (
        <span className="run-files">
          {t("run.files")}{" "}
          {run.files.map(({ path, sha256 }) => (
            <a key={path} href={savedUrl({ path, sha256 })} target="_blank" rel="noreferrer" title={path}>
              {path.slice(path.lastIndexOf("/") + 1)}
            </a>
          ))}
        </span>
      )}
      {others > 0 && (
        <button type="button" className="button is-small run-others" onClick={onQueue}>
          <Icon name="queue" />
          {others === 1 ? t("queue.other") : t("queue.others", { count: others })}
        </button>
      )}
    </footer>
  );
}

function RunWords({ run }: { readonly run: ShownRun }): ReactNode {
  const isOpen = ["starting", "queued", "running", "cancelling"].includes(run.status);
  const suggestion = run.errors.length === 0 ? run.error?.suggestion : undefined;
  return (
    <>
      <span className="run-words" role="status">
        <Icon name={icons[run.status] ?? "clock"} />
        <span>
          <Words text={runText(run)} />
        </span>
        {suggestion !== undefined && (
          <span>
            <Words text={suggestion} />
          </span>
        )}
      </span>
      {isOpen && run.total > 0 && (
        <span className="progress">
          <span style={{ width: `${(run.done / run.total) * 100}%` }} />
        </span>
      )}
    </>
  );
}

const icons: Partial<Record<ShownRun["status"], IconName>> = {
  succeeded: "check",
  failed: "alert",
  cancelled: "stop",
  interrupted: "alert",
};

function runText(run: ShownRun): string {
  switch (run.status) {
    case "starting":
    case "idle":
      return t("run.starting");
    case "queued":
      return t("state.queued");
    case "running":
      return t("run.running", { done: run.done, all: run.total });
    case "succeeded": {
      const time = duration(run.ms ?? 0);
      if (run.costUsd === undefined) return t("run.succeeded", { time });
      return t("run.succeeded-for", { time, price: dollars(run.costUsd) });
    }
    case "failed": {
      const count = run.errors.length;
      if (count > 1) return t("run.failed", { message: t("run.failed-nodes", { count }) });
      return t("run.failed", { message: run.error?.message ?? "" });
    }
    default:
      return t(`run.${run.status}`);
  }
}
