import type { Diagnostic, ErrorData } from "@inlay/engine";
import type { ReactNode } from "react";
import { useEditor, useServices } from "../app/editor-context.ts";
import { goToFinding, goToNode } from "../app/go-to.ts";
import { Icon } from "../app/icon.tsx";
import { Words } from "../app/words.tsx";
import { enJobs } from "../messages/en-jobs.ts";
import { addMessages, t } from "../messages/translate.ts";
import { useCell } from "../state/cell.ts";
import { FixButton } from "./fix-button.tsx";
import type { RunController } from "./run-controller.ts";
import "./run.css";

addMessages(enJobs);

interface RunErrorsProps {
  readonly runs: RunController;
  onJobs(): void;
}

/** Everything that went wrong in the run that is shown: what, where, and what to do. Each entry leads to its node. */
export default function RunErrors({ runs, onJobs }: RunErrorsProps): ReactNode {
  const run = useCell(runs.shown);
  const isOpen = useCell(runs.errorsOpen);
  const errors = run?.errors ?? [];
  const found = errors.length === 0 ? (run?.error?.diagnostics ?? []) : [];
  const findings = found.filter(({ severity }) => severity === "error");
  if (!isOpen || errors.length + findings.length === 0) return null;
  return (
    <section className="run-errors" aria-label={t("run.errors")} data-scrolls>
      <header>
        <h2>{t("run.errors")}</h2>
        <button
          type="button"
          className="icon-button"
          aria-label={t("run.errors-close")}
          onClick={() => runs.errorsOpen.set(false)}
        >
          <Icon name="close" />
        </button>
      </header>
      <ul>
        {errors.map((error, index) => (
          <ErrorEntry key={index} error={error} onJobs={onJobs} />
        ))}
        {findings.map((finding, index) => (
          <FindingEntry key={index} finding={finding} />
        ))}
      </ul>
    </section>
  );
}

/** Endings of paid jobs about which a person may want to decide. */
const inDoubt: ReadonlySet<string | undefined> = new Set(["unknown", "detached", "lost"]);

function ErrorEntry({ error, onJobs }: { readonly error: ErrorData; onJobs(): void }): ReactNode {
  const editor = useEditor();
  const services = useServices();
  const { node = "", message, suggestion, expected, received, ending, input, fix } = error;
  const id = isShown(editor, node) ? node.slice(node.lastIndexOf("/") + 1) : undefined;
  const isInDoubt = inDoubt.has(ending);
  // What a terminal would be told stands in the dialog as buttons.
  const help = isInDoubt ? t(`job.advice-${ending as "unknown"}`) : suggestion;
  return (
    <li className={isInDoubt ? "is-doubtful" : ""}>
      <button type="button" className="run-error-place" onClick={() => goToNode(editor, services, node)}>
        {titleOf(editor, node)}
        {input !== undefined && ` · ${input}`}
      </button>
      <span className="run-error-text">
        <Words text={message} />
        {expected !== undefined && received !== undefined && (
          <small>
            <Words text={t("run.expected", { expected, received })} />
          </small>
        )}
        {help !== undefined && (
          <small>
            <Words text={help} />
          </small>
        )}
      </span>
      {fix && id !== undefined && <FixButton node={id} fix={fix} />}
      {isInDoubt && (
        <button type="button" className="button is-small" onClick={onJobs}>
          {t("job.decide")}
        </button>
      )}
    </li>
  );
}

function FindingEntry({ finding }: { readonly finding: Diagnostic }): ReactNode {
  const editor = useEditor();
  const services = useServices();
  return (
    <li>
      <button type="button" className="run-error-place" onClick={() => goToFinding(editor, services, finding)}>
        {finding.node === undefined ? t("inspector.workflow") : titleOf(editor, finding.node)}
      </button>
      <span className="run-error-text">
        <Words text={finding.message} />
        {finding.suggestion !== undefined && (
          <small>
            <Words text={finding.suggestion} />
          </small>
        )}
      </span>
      {finding.fix && finding.node !== undefined && finding.path[0] === "nodes" && editor.path.value.length === 0 && (
        <FixButton node={finding.node} fix={finding.fix} />
      )}
    </li>
  );
}

/** Whether a node of the run stands in the graph that is shown. */
function isShown({ path }: ReturnType<typeof useEditor>, runId: string): boolean {
  return runId.split("/").slice(0, -1).join("/") === path.value.join("/");
}

/** A node's own title, and where it stands when that is a sub-workflow. */
function titleOf(editor: ReturnType<typeof useEditor>, runId: string): string {
  const path = runId.split("/");
  return isShown(editor, runId) ? editor.title(path.at(-1)!) : path.join(" › ");
}
