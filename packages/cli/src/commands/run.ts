import { relative } from "node:path";
import { catalogOf, errorData, metadataLevels, printable, usd, type RunEvent, type Workflow } from "@inlay/engine";
import { exitCodeOf } from "../exit-code.ts";
import { openInlay, type Inlay } from "../library/open-inlay.ts";
import { prefetchNodes } from "../library/prefetch-nodes.ts";
import type { InlayRun, RunReport } from "../library/run-handle.ts";
import { loadWorkflow, requireValid } from "../load-workflow.ts";
import { explainErrorData } from "../terminal/explain-error.ts";
import { isStopped } from "../terminal/is-stopped.ts";
import { progressView, type ProgressView } from "../terminal/progress.ts";
import { acceptedFixes, applyFixes, describeFixes } from "./accept-fixes.ts";
import { parseInputs } from "./input-values.ts";
import { installedPacks } from "./installed-packs.ts";
import { jobLines, withWorkspace } from "./job-advice.ts";
import { amount, byteSize, choice, flag, text, texts, wholeNumber, workspaceOf, type RawOptions } from "./options.ts";

/** More paid jobs than anybody means to order. */
const mostPaid = 1_000_000;

/** `inlay run`: runs a workflow file to its end and answers with the exit code. */
export async function runCommand(file: string, options: RawOptions): Promise<number> {
  const json = flag(options, "json");
  try {
    return await runFile(file, options, json);
  } catch (error) {
    // Nothing has run; a reader of JSON lines still gets a last line.
    if (json) printJson(neverStarted(error));
    throw error;
  }
}

async function runFile(file: string, options: RawOptions, json: boolean): Promise<number> {
  const maxPaid = wholeNumber(options, "max-paid", mostPaid);
  const cacheBytes = byteSize(options, "cache-size");
  const budgetUsd = amount(options, "budget");
  const metadata = choice(options, "metadata", metadataLevels);
  const workspace = workspaceOf(file, options);
  const packs = await installedPacks(options, workspace);
  const loaded = await loadWorkflow(file, catalogOf(packs));
  const workflow = requireValid(loaded);
  // Before the workspace is opened, which takes as long as loading does.
  prefetchNodes(workflow);
  const inputs = parseInputs(texts(options, "input"), workflow);
  const view = progressView(process.stderr, workflow);
  const sandbox = flag(options, "sandbox");
  if (sandbox) view.say("Sandbox: it fills masks from their surroundings and ignores the prompt; nothing is paid.");

  const out = text(options, "out");
  const inlay = await openInlay({
    workspace,
    ...(out !== undefined && { out }),
    sandbox,
    cache: !flag(options, "no-cache"),
    packs: packs.slice(1),
    ...(cacheBytes !== undefined && { cacheBytes }),
    onWarning: ({ message }) => view.say(`warning: ${printable(message)}`),
  });
  const targets = texts(options, "target");
  const from = texts(options, "from");
  const again = texts(options, "again");
  const shown = shower(view, json, budgetUsd);
  const start = (asked: Workflow): InlayRun =>
    inlay.run(asked, inputs, {
      ...(targets.length > 0 && { targets }),
      ...(from.length > 0 && { from }),
      ...(again.length > 0 && { again }),
      ...(maxPaid !== undefined && { maxPaid }),
      ...(budgetUsd !== undefined && { budgetUsd }),
      ...(metadata !== undefined && { metadata }),
      failFast: flag(options, "fail-fast"),
      onEvent: shown.show,
    });
  const fixes = texts(options, "fix");
  return finish({ start, workflow, fixes, inlay, view, json, ...shown, workspace });
}

/** Ends the command when the run has ended, or at once when the person insists. */
async function finish(parts: {
  start(workflow: Workflow): InlayRun;
  readonly workflow: Workflow;
  /** Codes of errors whose fixes are accepted. */
  readonly fixes: readonly string[];
  readonly inlay: Inlay;
  readonly view: ProgressView;
  readonly json: boolean;
  readonly files: readonly string[];
  readonly pinned: readonly string[];
  readonly workspace: string;
}): Promise<number> {
  const { inlay, view, json, files, pinned, workspace } = parts;
  const current = { run: parts.start(parts.workflow) };
  const forget = onInterrupt(current, view);
  try {
    const report = await reportOf(current, parts);
    view.close();
    if (!json) for (const path of files) process.stdout.write(`${path}\n`);
    if (pinned.length > 0) process.stderr.write(`${pinnedWarning(pinned)}\n`);
    process.stderr.write(`${summary(report, workspace)}\n`);
    return exitCodeOf(report.status, report.errors);
  } finally {
    view.close();
    forget();
    await inlay.close();
  }
}

/** The report of a run, or of the last one of those that begin anew because a fix was accepted. */
async function reportOf(
  current: { run: InlayRun },
  { start, workflow, fixes, view }: Pick<Parameters<typeof finish>[0], "start" | "workflow" | "fixes" | "view">,
): Promise<RunReport> {
  let mended: Workflow | undefined = workflow;
  for (;;) {
    const ended = await endOf(current.run);
    const errors = "report" in ended ? ended.report.errors : [errorData(ended.error)];
    const accepted = acceptedFixes(errors, fixes);
    mended = applyFixes(mended, accepted);
    if (!mended) {
      if ("error" in ended) throw ended.error;
      return ended.report;
    }
    view.say(describeFixes(accepted));
    current.run = start(mended);
  }
}

type RunEnd = { readonly report: RunReport } | { readonly error: unknown };

/** How a run ended, or why it never began. */
async function endOf(run: InlayRun): Promise<RunEnd> {
  try {
    return { report: await run.report };
  } catch (error) {
    return { error };
  }
}

function onInterrupt(current: { readonly run: InlayRun }, view: ProgressView): () => void {
  let asked = false;
  const interrupt = (): void => {
    if (asked) process.exit(130);
    asked = true;
    view.say("Stopping; press Ctrl+C again to leave at once.");
    current.run.cancel("interrupted by the person at the terminal");
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  return () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  };
}

/** What stands in the file is easily forgotten: it does not follow when its inputs change. */
function pinnedWarning(pinned: readonly string[]): string {
  const [first] = pinned;
  if (pinned.length === 1) return `warning: 1 pinned node did not run: \`${first}\``;
  const named = pinned.slice(0, 5).map((node) => `\`${node}\``);
  const more = pinned.length > named.length ? ", …" : "";
  return `warning: ${pinned.length} pinned nodes did not run: ${named.join(", ")}${more}`;
}

/** Shows events as they come, and gathers the results' paths and the pinned nodes. */
function shower(
  view: ProgressView,
  json: boolean,
  budgetUsd = Number.POSITIVE_INFINITY,
): { show(event: RunEvent): void; readonly files: string[]; readonly pinned: string[] } {
  const files: string[] = [];
  const pinned: string[] = [];
  return {
    files,
    pinned,
    show(event) {
      if (event.type === "node.pinned") pinned.push(event.node);
      if (event.type === "node.file" && event.role === "result" && event.path !== undefined)
        files.push(readable(event.path));
      if (json) printJson(event);
      else view.show(event);
      if (event.type === "run.started" && event.estimateUsd !== undefined && event.estimateUsd > budgetUsd)
        view.say(
          `All paid jobs would cost about ${usd(event.estimateUsd)}: they stop at the budget of ${usd(budgetUsd)}.`,
        );
    },
  };
}

function readable(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}

function printJson(event: RunEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

/** The one event of a run that failed before it had an id. */
function neverStarted(error: unknown): RunEvent {
  const counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
  const ended = { type: "run.finished", run: "", status: "failed", ms: 0, counts, outputs: {} } as const;
  return { seq: 1, time: Date.now(), ...ended, error: errorData(error) };
}

function summary({ status, counts, errors, record }: RunReport, workspace: string): string {
  const parts = [`${counts.executed} run`, `${counts.cached} from the cache`];
  const cancelled = status === "cancelled" ? errors.filter(isStopped).length : 0;
  if (counts.failed > cancelled) parts.push(`${counts.failed - cancelled} failed`);
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  if (counts.skipped > 0) parts.push(`${counts.skipped} skipped`);
  if (counts.costUsd !== undefined) parts.push(`paid ${usd(counts.costUsd)}`);
  const explained = errors.map((error) => explainErrorData(withWorkspace(error, workspace)));
  const isLeft = errors.some(({ ending }) => ending === "unknown" || ending === "detached");
  if (isLeft && record !== undefined) parts.push(`all about it in ${readable(record)}`);
  return [...explained, ...jobLines(errors, workspace), `${status}: ${parts.join(", ")}`].join("\n");
}
