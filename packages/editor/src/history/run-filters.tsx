import { type ReactNode, useEffect, useState } from "react";
import { dollars } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { api, type WorkflowFile } from "../server/api.ts";
import type { PastRun, RunFilter } from "../server/past-runs.ts";

interface RunFiltersProps {
  readonly filter: RunFilter;
  readonly runs: readonly PastRun[];
  onChange(filter: RunFilter): void;
}

const statuses = ["succeeded", "failed", "cancelled", "interrupted", "queued,running,cancelling"] as const;

/** Which runs are listed: by ending, workflow and words; and what those that are listed have cost. */
export function RunFilters({ filter, runs, onChange }: RunFiltersProps): ReactNode {
  const [files, setFiles] = useState<readonly WorkflowFile[]>([]);
  const [text, setText] = useState(filter.text ?? "");
  useEffect(() => {
    api.workflows().then(setFiles, () => setFiles([]));
  }, []);
  useEffect(() => {
    const wanted = text.trim() || undefined;
    if (wanted === filter.text) return;
    const timer = setTimeout(() => onChange({ ...filter, text: wanted }), 250);
    return () => clearTimeout(timer);
  }, [text, filter, onChange]);
  return (
    <div className="history-filters" role="search">
      <input
        type="search"
        className="field-input"
        aria-label={t("history.search")}
        placeholder={t("history.search")}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <select
        className="field-input"
        aria-label={t("history.by-status")}
        value={filter.status ?? ""}
        onChange={(event) => onChange({ ...filter, status: event.target.value || undefined })}
      >
        <option value="">{t("history.any-status")}</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {status.includes(",") ? t("history.status-active") : t(`history.status-${status as "failed"}`)}
          </option>
        ))}
      </select>
      <select
        className="field-input"
        aria-label={t("history.by-workflow")}
        value={filter.file ?? ""}
        onChange={(event) => onChange({ ...filter, file: event.target.value || undefined })}
      >
        <option value="">{t("history.any-workflow")}</option>
        {files.map(({ path, name }) => (
          <option key={path} value={path}>
            {name === undefined ? path : `${name} (${path})`}
          </option>
        ))}
      </select>
      <output>{summaryOf(runs)}</output>
    </div>
  );
}

function summaryOf(runs: readonly PastRun[]): string {
  const cost = runs.reduce((sum, { costUsd = 0 }) => sum + costUsd, 0);
  return t("history.summary", { count: runs.length, cost: dollars(cost) });
}
