import type { JsonValue } from "@inlay/engine";
import type { ReactNode } from "react";
import { Icon } from "../app/icon.tsx";
import { toast } from "../app/toasts.tsx";
import { duration } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { type PastRun, savedUrl } from "../server/api.ts";
import { runCommand } from "./run-command.ts";

interface RunEntryProps {
  readonly run: PastRun;
  onOpen(): void;
  onView(url: string): void;
}

/** One run: when, how it went, what it was given, what it made and cost, and the way back to its workflow. */
export function RunEntry({ run, onOpen, onView }: RunEntryProps): ReactNode {
  const command = runCommand(run);
  const pictures = run.files.filter(({ mime }) => mime.startsWith("image/"));
  return (
    <li className={`history-run is-${run.status}`}>
      <div className="history-head">
        <strong>{run.workflow.name}</strong>
        <time dateTime={run.created}>{new Date(run.created).toLocaleString()}</time>
        <span className="history-status">{t(`history.status-${run.status}`)}</span>
        <span>{factsOf(run)}</span>
      </div>
      {run.error && <p className="problem-text">{run.error.message}</p>}
      <Inputs run={run} />
      {pictures.length > 0 && (
        <div className="history-pictures">
          {pictures.map(({ sha256, path, node }) => (
            <button
              key={`${node}${sha256}`}
              type="button"
              title={path}
              aria-label={t("viewer.open", { title: path ?? node })}
              onClick={() => onView(savedUrl({ path, sha256 }))}
            >
              <img src={`${savedUrl({ path, sha256 })}/thumbnail?size=192`} alt="" loading="lazy" />
            </button>
          ))}
        </div>
      )}
      <div className="history-buttons">
        <button type="button" className="button is-small" onClick={onOpen}>
          <Icon name="file" />
          {t("history.open")}
        </button>
        {command !== undefined && (
          <button
            type="button"
            className="button is-small"
            onClick={() => void navigator.clipboard.writeText(command).then(() => toast(t("history.copied")))}
          >
            {t("history.command")}
          </button>
        )}
      </div>
    </li>
  );
}

function Inputs({ run }: { readonly run: PastRun }): ReactNode {
  const given: readonly (readonly [string, JsonValue])[] = [
    ...Object.entries(run.inputs as Record<string, JsonValue>),
    ...Object.entries(run.seeds),
  ];
  if (given.length === 0) return null;
  return (
    <dl className="history-inputs">
      {given.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Time, nodes, jobs and price, as far as they are known. */
function factsOf({ ms, counts, costUsd }: PastRun): string {
  const facts: string[] = [];
  if (ms !== undefined) facts.push(duration(ms));
  if (counts) facts.push(t("history.nodes", { executed: counts.executed, cached: counts.cached }));
  if (counts && counts.paid > 0)
    facts.push(counts.paid === 1 ? t("history.job") : t("history.jobs", { count: counts.paid }));
  if (costUsd !== undefined) facts.push(`$${costUsd.toFixed(2)}`);
  return facts.join(" · ");
}
