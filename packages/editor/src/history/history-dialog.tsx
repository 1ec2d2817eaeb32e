import type { Workflow } from "@inlay/engine";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { enHistory } from "../messages/en-history.ts";
import { addMessages, t } from "../messages/translate.ts";
import { api, problemText } from "../server/api.ts";
import type { PastRun, RunFilter } from "../server/past-runs.ts";
import { workflowFrom } from "../server/file-session.ts";
import { download } from "../sharing/download.ts";
import type { ViewedPicture } from "../viewer/viewed-pictures.ts";
import { Gallery } from "./gallery.tsx";
import { galleryPictures } from "./gallery-pictures.ts";
import { RunEntry } from "./run-entry.tsx";
import { RunFilters } from "./run-filters.tsx";
import { useRuns } from "./use-runs.ts";
import "./history.css";

addMessages(enHistory);

const Viewer = lazy(() => import("../viewer/viewer.tsx"));

interface HistoryDialogProps {
  onOpen(workflow: Workflow): void;
  onClose(): void;
}

type Tab = "runs" | "pictures";

/** What is looked at closely: some pictures, one of them first, perhaps beside another. */
interface Viewed {
  readonly pictures: readonly ViewedPicture[];
  readonly first: string;
  readonly before?: string;
}

/** The runs of the workspace, newest first, and the pictures that they made. */
export default function HistoryDialog({ onOpen, onClose }: HistoryDialogProps): ReactNode {
  const [filter, setFilter] = useState<RunFilter>({});
  const { runs, problem, hasMore, more } = useRuns(filter);
  const [tab, setTab] = useState<Tab>("runs");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [viewed, setViewed] = useState<Viewed>();
  const [failure, setFailure] = useState<string>();
  const gallery = galleryPictures(runs ?? []);
  const pictures = gallery.map(({ url, label }) => ({ key: url, label, url, kind: "image" }) as const);
  const withText = (run: PastRun, use: (text: string) => void): void => {
    api
      .runWorkflow(run.id)
      .then(use)
      .catch((error: unknown) => setFailure(problemText(error)));
  };
  const choose = (url: string): void =>
    setChosen((now) => (now.includes(url) ? now.filter((one) => one !== url) : [...now, url].slice(-2)));
  const view = (url: string): void => setViewed({ pictures, first: url });
  const [before, after] = chosen;
  const told = failure ?? problem;
  return (
    <Modal title={t("history.title")} onClose={onClose} isLarge>
      <div className="history-bar">
        <Tabs chosen={tab} onChoose={setTab} />
        {chosen.length > 0 && (
          <button
            type="button"
            className="button is-small is-main"
            disabled={after === undefined}
            onClick={() => after !== undefined && setViewed({ pictures, first: after, before: before! })}
          >
            {t("history.compare", { count: chosen.length })}
          </button>
        )}
      </div>
      <RunFilters filter={filter} runs={runs ?? []} onChange={setFilter} />
      {told !== undefined && (
        <p role="alert" className="problem-text">
          {told}
        </p>
      )}
      <div className="history-body" id="history-panel" role="tabpanel" aria-labelledby={`history-${tab}`} tabIndex={0}>
        {runs?.length === 0 && <p>{t(isFiltered(filter) ? "history.none-such" : "history.none")}</p>}
        {tab === "runs" ? (
          <ul className="history-list">
            {runs?.map((run) => (
              <RunEntry
                key={run.id}
                {...{ run, chosen }}
                onChoose={choose}
                onOpen={() => withText(run, (text) => onOpen(workflowFrom(text)))}
                onDownload={() =>
                  withText(run, (text) =>
                    download(new Blob([text], { type: "application/json" }), `${run.workflow.name}.json`),
                  )
                }
                onView={view}
                onViewOutputs={(outputs, first) => setViewed({ pictures: outputs, first })}
              />
            ))}
          </ul>
        ) : (
          <Gallery pictures={gallery} chosen={chosen} onChoose={choose} onView={view} />
        )}
        {hasMore && (
          <button type="button" className="button" onClick={more}>
            {t("history.more")}
          </button>
        )}
      </div>
      {viewed && (
        <Suspense>
          <Viewer {...viewed} onClose={() => setViewed(undefined)} />
        </Suspense>
      )}
    </Modal>
  );
}

function isFiltered({ status, file, text }: RunFilter): boolean {
  return status !== undefined || file !== undefined || text !== undefined;
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
