import { type ReactNode, useCallback, useEffect, useId, useState } from "react";
import { Modal } from "../app/modal.tsx";
import { dollars } from "../messages/format.ts";
import { enJobs } from "../messages/en-jobs.ts";
import { addMessages, t } from "../messages/translate.ts";
import { api, problemText, type RemoteJob } from "../server/api.ts";
import "./run.css";

addMessages(enJobs);

/** States in which somebody may have to decide, and what is over. */
const inDoubt: ReadonlySet<string> = new Set(["unknown", "detached", "submitted", "lost"]);

/** The paid jobs of the workspace: those in doubt with what can be done about them, and those that are over. */
export default function JobsDialog({ onClose }: { onClose(): void }): ReactNode {
  const [jobs, setJobs] = useState<readonly RemoteJob[]>();
  const [said, setSaid] = useState<{ readonly isGood: boolean; readonly text: string }>();
  const [busy, setBusy] = useState<string>();
  const load = useCallback(
    () => api.jobs().then(setJobs, (error: unknown) => setSaid({ isGood: false, text: problemText(error) })),
    [],
  );
  useEffect(() => void load(), [load]);
  const act = (key: string, work: () => Promise<string>): void => {
    if (busy !== undefined) return;
    setBusy(key);
    setSaid(undefined);
    void work()
      .then(
        (text) => setSaid({ isGood: true, text }),
        (error: unknown) => setSaid({ isGood: false, text: problemText(error) }),
      )
      .then(load)
      .finally(() => setBusy(undefined));
  };
  const open = jobs?.filter(({ state }) => inDoubt.has(state)) ?? [];
  const over = jobs?.filter(({ state }) => !inDoubt.has(state)) ?? [];
  return (
    <Modal title={t("job.title")} onClose={onClose}>
      <p>{t("job.about")}</p>
      <p role="status" className={`job-outcome ${said?.isGood === false ? "is-bad" : ""}`}>
        {busy === undefined ? said?.text : t("job.busy")}
      </p>
      {jobs && open.length === 0 && <p>{t("job.none")}</p>}
      <ul className="job-list">
        {open.map((job) => (
          <Job key={job.key} job={job} act={(work) => act(job.key, work)} />
        ))}
      </ul>
      {over.length > 0 && (
        <details>
          <summary>{t("job.over", { count: over.length })}</summary>
          <ul className="job-list">
            {over.map((job) => (
              <li key={job.key} className="job">
                <JobHead job={job} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Modal>
  );
}

function JobHead({ job }: { readonly job: RemoteJob }): ReactNode {
  return (
    <span className="job-head">
      <strong>{stateWords(job.state)}</strong>
      <span>{job.model}</span>
      <small>{new Date(job.updated).toLocaleString()}</small>
      {job.requestId !== undefined && <small>{t("job.request", { id: job.requestId })}</small>}
    </span>
  );
}

function stateWords(state: string): string {
  switch (state) {
    case "unknown":
    case "detached":
    case "submitted":
    case "lost":
    case "succeeded":
    case "failed":
    case "rejected":
    case "cancelled":
    case "forgotten":
      return t(`job.state-${state}`);
    default:
      return state;
  }
}

interface JobProps {
  readonly job: RemoteJob;
  act(work: () => Promise<string>): void;
}

function Job({ job, act }: JobProps): ReactNode {
  const { key, state, requestId } = job;
  const isSandbox = job.provider.startsWith("sandbox:");
  const [isAsking, setAsking] = useState(false);
  const [found, setFound] = useState("");
  const field = useId();
  const collect = async (): Promise<string> => {
    const { files, costUsd } = await api.collectJob(key);
    return costUsd === undefined
      ? t("job.collected", { count: files })
      : t("job.collected-for", { count: files, price: dollars(costUsd) });
  };
  return (
    <li className="job is-doubtful">
      <JobHead job={job} />
      <p>{t(`job.about-${state as "unknown"}`)}</p>
      {state === "unknown" && (
        <form
          className="job-buttons"
          onSubmit={(event) => {
            event.preventDefault();
            if (found.trim() === "") return;
            act(() => api.attachJob(key, found.trim()).then(() => t("job.attached")));
          }}
        >
          <label htmlFor={field}>{t("job.request-id")}</label>
          <input
            id={field}
            className="field-input"
            autoComplete="off"
            spellCheck={false}
            value={found}
            onChange={(event) => setFound(event.target.value)}
          />
          <button type="submit" className="button">
            {t("job.attach")}
          </button>
        </form>
      )}
      <div className="job-buttons">
        {requestId !== undefined && (
          <button type="button" className="button" onClick={() => act(collect)}>
            {t("job.collect")}
          </button>
        )}
        {state === "lost" && (
          <button
            type="button"
            className="button"
            onClick={() => act(() => api.forgetJob(key).then(() => t("job.forgotten")))}
          >
            {t("job.forget")}
          </button>
        )}
        {!isAsking && state !== "lost" && (
          <button type="button" className="button" onClick={() => setAsking(true)}>
            {t("job.again")}
          </button>
        )}
      </div>
      {isAsking && (
        <div className="job-question" role="group" aria-label={t("job.again")}>
          <p>{t(isSandbox ? "job.again-free" : `job.again-${state as "unknown"}`)}</p>
          <div className="job-buttons">
            <button type="button" className="button" autoFocus onClick={() => setAsking(false)}>
              {t("job.again-no")}
            </button>
            <button
              type="button"
              className="button is-danger"
              onClick={() => {
                setAsking(false);
                act(() => api.resubmitJob(key).then(() => t("job.freed")));
              }}
            >
              {t(isSandbox ? "job.again-yes-free" : "job.again-yes")}
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
