import type { ReactNode } from "react";
import { Icon, type IconName } from "../app/icon.tsx";
import { CompareButton } from "../compare/compare-button.tsx";
import { duration } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { savedUrl } from "../server/api.ts";
import { useCell } from "../state/cell.ts";
import type { RunController, ShownRun } from "./run-controller.ts";

/** What the last run does or did, below the canvas. */
export function RunStrip({ runs }: { readonly runs: RunController }): ReactNode {
  const run = useCell(runs.shown);
  if (!run) return null;
  const isOpen = ["starting", "queued", "running", "cancelling"].includes(run.status);
  return (
    <footer className={`run-strip is-${run.status}`} role="status">
      <Icon name={icons[run.status] ?? "clock"} />
      <span>{runText(run)}</span>
      {isOpen && run.total > 0 && (
        <span className="progress">
          <span style={{ width: `${(run.done / run.total) * 100}%` }} />
        </span>
      )}
      {run.error?.suggestion !== undefined && <span>{run.error.suggestion}</span>}
      {run.status === "succeeded" && <CompareButton />}
      {run.files.length > 0 && (
        <span>
          {t("run.files")}{" "}
          {run.files.map(({ path, sha256 }) => (
            <a key={path} href={savedUrl({ path, sha256 })} target="_blank" rel="noreferrer" title={path}>
              {path.slice(path.lastIndexOf("/") + 1)}
            </a>
          ))}
        </span>
      )}
    </footer>
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
    case "succeeded":
      return t("run.succeeded", { time: duration(run.ms ?? 0) });
    case "failed":
      return t("run.failed", { message: run.error?.message ?? "" });
    default:
      return t(`run.${run.status}`);
  }
}
