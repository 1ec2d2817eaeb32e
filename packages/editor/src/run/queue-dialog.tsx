import { type ReactNode, useState } from "react";
import { Icon } from "../app/icon.tsx";
import { Modal } from "../app/modal.tsx";
import { t } from "../messages/translate.ts";
import { api, problemText } from "../server/api.ts";
import type { PastRun } from "../server/past-runs.ts";
import { useCell } from "../state/cell.ts";
import type { RunController } from "./run-controller.ts";
import "./run.css";

interface QueueDialogProps {
  readonly runs: RunController;
  onClose(): void;
}

/** The runs of the workspace that are at work or wait, in their order: to look at, to move and to cancel. */
export default function QueueDialog({ runs, onClose }: QueueDialogProps): ReactNode {
  const active = useCell(runs.workspace.active);
  const shown = useCell(runs.shown);
  const [problem, setProblem] = useState<string>();
  const waiting = active.filter(({ status }) => status === "queued").length;
  const ask = (work: Promise<void>): void => {
    setProblem(undefined);
    void work.then(
      () => runs.workspace.refresh(),
      (error: unknown) => setProblem(problemText(error)),
    );
  };
  return (
    <Modal title={t("queue.title")} onClose={onClose}>
      {active.length === 0 && <p>{t("queue.none")}</p>}
      {problem !== undefined && <p role="alert">{problem}</p>}
      <ol className="queue">
        {active.map((run) => (
          <li key={run.id} className={`is-${run.status}`}>
            <Icon name={run.status === "queued" ? "clock" : "play"} />
            <span className="queue-name">
              {run.workflow.name}
              {run.id === shown?.id && <span className="tag">{t("queue.shown")}</span>}
              <small>{runWords(run)}</small>
            </span>
            {run.place !== undefined && waiting > 1 && (
              <>
                {([-1, 1] as const).map((by) => (
                  <button
                    key={by}
                    type="button"
                    className="icon-button"
                    disabled={by < 0 ? run.place === 1 : run.place === waiting}
                    aria-label={t(by < 0 ? "queue.up" : "queue.down", { name: run.workflow.name })}
                    onClick={() => ask(api.moveRun(run.id, run.place! + by))}
                  >
                    <Icon name={by < 0 ? "up" : "down"} />
                  </button>
                ))}
              </>
            )}
            {run.id !== shown?.id && (
              <button type="button" className="button is-small" onClick={() => runs.follow(run.id)}>
                {t("queue.show")}
              </button>
            )}
            <button
              type="button"
              className="button is-small"
              disabled={run.status === "cancelling"}
              aria-label={t("queue.cancel", { name: run.workflow.name })}
              onClick={() => ask(api.cancelRun(run.id))}
            >
              {t("action.cancel")}
            </button>
          </li>
        ))}
      </ol>
    </Modal>
  );
}

function runWords({ status, created }: PastRun): string {
  const time = new Date(created).toLocaleTimeString();
  const words =
    status === "queued" ? t("state.queued") : status === "running" ? t("state.running") : t("run.cancelling");
  return t("queue.since", { words, time });
}
