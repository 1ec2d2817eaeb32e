import type { Workflow } from "@inlay/engine";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { t } from "../messages/translate.ts";
import { api, type PastRun, problemText } from "../server/api.ts";
import { workflowFrom } from "../server/file-session.ts";
import { Gallery } from "./gallery.tsx";
import { galleryPictures } from "./gallery-pictures.ts";
import { RunEntry } from "./run-entry.tsx";
import "./history.css";

const Viewer = lazy(() => import("../viewer/viewer.tsx"));

interface HistoryDialogProps {
  onOpen(workflow: Workflow): void;
  onClose(): void;
}

type Tab = "runs" | "pictures";

/** The runs of the workspace, newest first, and the pictures that they made. */
export default function HistoryDialog({ onOpen, onClose }: HistoryDialogProps): ReactNode {
  const { runs, next, problem, more } = useRuns();
  const [tab, setTab] = useState<Tab>("runs");
  const [viewed, setViewed] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const pictures = galleryPictures(runs ?? []);
  const open = (run: PastRun): void => {
    api
      .runWorkflow(run.id)
      .then((text) => onOpen(workflowFrom(text)))
      .catch((error: unknown) => setFailure(problemText(error)));
  };
  const told = failure ?? problem;
  return (
    <Modal title={t("history.title")} onClose={onClose} isLarge>
      <Tabs chosen={tab} onChoose={setTab} />
      {told !== undefined && (
        <p role="alert" className="problem-text">
          {told}
        </p>
      )}
      <div className="history-body" id="history-panel" role="tabpanel" aria-labelledby={`history-${tab}`} tabIndex={0}>
        {runs?.length === 0 && <p>{t("history.none")}</p>}
        {tab === "runs" ? (
          <ul className="history-list">
            {runs?.map((run) => (
              <RunEntry key={run.id} run={run} onOpen={() => open(run)} onView={setViewed} />
            ))}
          </ul>
        ) : (
          <Gallery pictures={pictures} onView={setViewed} />
        )}
        {next !== undefined && (
          <button type="button" className="button" onClick={more}>
            {t("history.more")}
          </button>
        )}
      </div>
      {viewed !== undefined && (
        <Suspense>
          <Viewer
            pictures={pictures.map(({ url, label }) => ({ key: url, label, url, kind: "image" }))}
            first={viewed}
            onClose={() => setViewed(undefined)}
          />
        </Suspense>
      )}
    </Modal>
  );
}

function Tabs({ chosen, onChoose }: { readonly chosen: Tab; onChoose(tab: Tab): void }): ReactNode {
  const other: Tab = chosen === "runs" ? "pictures" : "runs";
  return (
    <div
      className="history-tabs"
      role="tablist"
      aria-label={t("history.title")}
      onKeyDown={(event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        onChoose(other);
        document.getElementById(`history-${other}`)?.focus();
      }}
    >
      {(["runs", "pictures"] as const).map((tab) => (
        <button
          key={tab}
          id={`history-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === chosen}
          aria-controls="history-panel"
          tabIndex={tab === chosen ? 0 : -1}
          onClick={() => onChoose(tab)}
        >
          {t(`history.${tab}`)}
        </button>
      ))}
    </div>
  );
}

function useRuns() {
  const [runs, setRuns] = useState<readonly PastRun[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const load = useCallback((before?: string) => {
    api.runs(before).then(
      (page) => {
        setRuns((known) => (before === undefined ? page.runs : [...(known ?? []), ...page.runs]));
        setNext(page.next);
      },
      (error: unknown) => setProblem(problemText(error)),
    );
  }, []);
  useEffect(() => load(), [load]);
  return { runs, next, problem, more: () => load(next) };
}
