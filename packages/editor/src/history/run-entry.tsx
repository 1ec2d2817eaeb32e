import type { JsonValue } from "@inlay/engine";
import { type ReactNode, useState } from "react";
import { Icon, type IconName } from "../app/icon.tsx";
import { toast } from "../app/toasts.tsx";
import { duration } from "../messages/format.ts";
import { type MessageKey, t } from "../messages/translate.ts";
import { savedUrl } from "../server/api.ts";
import type { PastRun } from "../server/past-runs.ts";
import { curlCommand, libraryCode, runCommand } from "./run-command.ts";
import { RunDetails } from "./run-details.tsx";
import type { ShownOutput } from "./shown-outputs.ts";

interface RunEntryProps {
  readonly run: PastRun;
  /** Addresses of the pictures that are to be compared. */
  readonly chosen: readonly string[];
  onChoose(url: string): void;
  onOpen(): void;
  onDownload(): void;
  onView(url: string): void;
  onViewOutputs(outputs: readonly ShownOutput[], first: string): void;
}

/** One run: when, how it went, what it was given, what it made and cost, and the ways to do it again. */
export function RunEntry({ run, chosen, ...does }: RunEntryProps): ReactNode {
  const [hasDetails, setDetails] = useState(false);
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
          {pictures.map(({ sha256, path, node }) => {
            const url = savedUrl({ path, sha256 });
            return (
              <div key={`${node}${sha256}`} className={chosen.includes(url) ? "is-chosen" : ""}>
                <button
                  type="button"
                  title={path}
                  aria-label={t("viewer.open", { title: path ?? node })}
                  onClick={() => does.onView(url)}
                >
                  <img src={`${url}/thumbnail?size=192`} alt="" loading="lazy" />
                </button>
                <input
                  type="checkbox"
                  aria-label={t("history.choose", { name: path ?? node })}
                  title={t("history.choose", { name: path ?? node })}
                  checked={chosen.includes(url)}
                  onChange={() => does.onChoose(url)}
                />
              </div>
            );
          })}
        </div>
      )}
      <div className="history-buttons">
        <Does icon="file" label="history.open" onClick={does.onOpen} />
        <Does icon="down" label="history.download-workflow" onClick={does.onDownload} />
        <Copy label="history.command" text={() => runCommand(run)} />
        <Copy label="history.code" text={() => libraryCode(run)} />
        <Copy label="history.request" text={() => curlCommand(run, location.origin)} />
        <Does
          icon="panel"
          label="history.details"
          isPressed={hasDetails}
          onClick={() => setDetails((shown) => !shown)}
        />
      </div>
      {hasDetails && <RunDetails id={run.id} onView={does.onViewOutputs} />}
    </li>
  );
}

interface DoesProps {
  readonly icon: IconName;
  readonly label: MessageKey;
  readonly isPressed?: boolean;
  onClick(): void;
}

function Does({ icon, label, isPressed, onClick }: DoesProps): ReactNode {
  return (
    <button type="button" className="button is-small" aria-expanded={isPressed} onClick={onClick}>
      <Icon name={icon} />
      {t(label)}
    </button>
  );
}

function Copy({ label, text }: { readonly label: MessageKey; text(): string }): ReactNode {
  return (
    <Does
      icon="copy"
      label={label}
      onClick={() => void navigator.clipboard.writeText(text()).then(() => toast(t("history.copied")))}
    />
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
