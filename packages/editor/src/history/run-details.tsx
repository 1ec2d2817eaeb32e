import { type ReactNode, useEffect, useState } from "react";
import { duration } from "../messages/format.ts";
import { t } from "../messages/translate.ts";
import { api, problemText } from "../server/api.ts";
import type { RunDetail, RunNode } from "../server/past-runs.ts";
import { type ShownOutput, shownOutputs } from "./shown-outputs.ts";

interface RunDetailsProps {
  readonly id: string;
  onView(outputs: readonly ShownOutput[], first: string): void;
}

/** A run node by node: how each ended, how long it took, where its result came from, what it cost, and what it gave. */
export function RunDetails({ id, onView }: RunDetailsProps): ReactNode {
  const [run, setRun] = useState<RunDetail>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    api.run(id).then(setRun, (error: unknown) => setProblem(problemText(error)));
  }, [id]);
  if (problem !== undefined) return <p className="problem-text">{problem}</p>;
  if (!run) return <p aria-busy="true">{t("app.loading")}</p>;
  const outputs = shownOutputs(run);
  return (
    <div className="run-details">
      <dl className="history-inputs">
        {facts(run).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <table>
        <thead>
          <tr>
            <th>{t("history.node")}</th>
            <th>{t("history.ending")}</th>
            <th>{t("history.time")}</th>
            <th>{t("history.cost")}</th>
          </tr>
        </thead>
        <tbody>
          {run.nodes.map((node) => (
            <NodeRow key={node.node} node={node} />
          ))}
        </tbody>
      </table>
      <Outputs outputs={outputs} onView={(first) => onView(outputs, first)} />
    </div>
  );
}

function facts(run: RunDetail): readonly (readonly [string, string])[] {
  const time = (text: string): string => new Date(text).toLocaleString();
  return [
    [t("history.created"), time(run.created)],
    ...(run.started === undefined ? [] : [[t("history.started"), time(run.started)] as const]),
    ...(run.finished === undefined ? [] : [[t("history.finished"), time(run.finished)] as const]),
    ...(run.service === undefined ? [] : [[t("history.service"), t(`history.service-${run.service}`)] as const]),
    ...(run.targets === undefined ? [] : [[t("history.targets"), run.targets.join(", ")] as const]),
    [t("history.id"), run.id],
  ];
}

function NodeRow({ node: { node, status, ms, from, costUsd, remote, error } }: { readonly node: RunNode }): ReactNode {
  return (
    <tr className={`is-${status}`}>
      <th scope="row">{node}</th>
      <td>
        {t(`history.node-${status}`)}
        {from === "memory" || from === "disk" ? ` (${t(`history.from-${from}`)})` : ""}
        {remote?.requestId !== undefined && <small>{t("history.request-id", { id: remote.requestId })}</small>}
        {error && (
          <small className="problem-text">
            {error.message} {error.suggestion}
          </small>
        )}
      </td>
      <td>{ms === undefined ? "" : duration(ms)}</td>
      <td>{costUsd === undefined ? "" : `$${costUsd.toFixed(2)}`}</td>
    </tr>
  );
}

interface OutputsProps {
  readonly outputs: readonly ShownOutput[];
  onView(first: string): void;
}

/** What the nodes gave, pictures of lists one by one. */
function Outputs({ outputs, onView }: OutputsProps): ReactNode {
  if (outputs.length === 0) return null;
  return (
    <div className="history-pictures">
      {outputs.map(({ key, label, small }) => (
        <button
          key={key}
          type="button"
          title={label}
          aria-label={t("viewer.open", { title: label })}
          onClick={() => onView(key)}
        >
          <img src={small} alt="" loading="lazy" />
        </button>
      ))}
    </div>
  );
}
