import type { ItemCounts, NodeState, RunEvent, RunState, Workflow } from "@inlay/engine";
import { applyRunEvent, createRunState, printable, usd } from "@inlay/engine";
import { isStopped } from "./is-stopped.ts";

/** Shows a run to the person at the terminal while it goes on. Everything is written to standard error. */
export interface ProgressView {
  show(event: RunEvent): void;
  /** A line that stays. */
  say(line: string): void;
  close(): void;
}

const redrawMs = 80;
const barWidth = 24;
/** Away from a terminal progress is a line, so it comes seldom. */
const lineEveryMs = 2000;

/** The words for one event, or undefined for what is not told. */
type Narrator = (event: RunEvent) => string | undefined;

/** Bars that are redrawn in place on a terminal, one line a change elsewhere. */
export function progressView(stream: NodeJS.WriteStream, workflow: Workflow): ProgressView {
  const label = (node: string): string => printable(workflow.nodes[node]?.title ?? node);
  return stream.isTTY ? barView(stream, label) : lineView(stream, narrator(label));
}

function lineView(stream: NodeJS.WriteStream, lineOf: Narrator): ProgressView {
  const say = (line: string): void => void stream.write(`${line}\n`);
  const told = new Map<string, string>();
  const progressDue = new Map<string, number>();
  return {
    say,
    close: () => undefined,
    show(event) {
      if (event.type === "node.started") progressDue.set(event.node, event.time + lineEveryMs);
      if (event.type === "node.progress" && !isDue(progressDue, event.node, event.time)) return;
      const line = lineOf(event);
      if (line === undefined) return;
      // A state that is told twice, such as a queue that does not move, is one line.
      if ("node" in event) {
        if (told.get(event.node) === line) return;
        told.set(event.node, line);
      }
      say(line);
    },
  };
}

/** Whether a node's progress deserves another line; quick nodes get none. */
function isDue(due: Map<string, number>, node: string, time: number): boolean {
  if (time < (due.get(node) ?? 0)) return false;
  due.set(node, time + lineEveryMs);
  return true;
}

function barView(stream: NodeJS.WriteStream, label: (node: string) => string): ProgressView {
  const state = createRunState();
  const lineOf = narrator(label);
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const erase = (): void => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = (): void => {
    timer = undefined;
    erase();
    // A terminal that does not know its width says 0.
    const lines = runningLines(state, label, stream.columns || 80);
    for (const line of lines) stream.write(`${line}\n`);
    drawn = lines.length;
  };
  const say = (line: string): void => {
    erase();
    stream.write(`${line}\n`);
    draw();
  };
  return {
    say,
    show(event) {
      applyRunEvent(state, event);
      const line =
        event.type === "node.started" || event.type === "node.progress" || event.type === "remote.state"
          ? undefined
          : lineOf(event);
      if (line !== undefined) say(line);
      else timer ??= setTimeout(draw, redrawMs).unref();
    },
    close() {
      clearTimeout(timer);
      erase();
    },
  };
}

function runningLines(state: RunState, label: (node: string) => string, columns: number): string[] {
  const running = [...state.nodes].filter(([, { status }]) => status === "running").slice(0, 8);
  return running.map(([node, nodeState]) => `  ${label(node)} ${activity(nodeState)}`.slice(0, columns - 1));
}

function activity({ progress, remote }: NodeState): string {
  if (remote) return remoteText(remote);
  if (!progress || progress.total <= 0) return "…";
  const share = Math.min(1, Math.max(0, progress.value / progress.total));
  const full = Math.round(share * barWidth);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${Math.round(share * 100)} %${progress.note === undefined ? "" : ` ${printable(progress.note)}`}`;
}

function remoteText({ state, queuePosition, attached }: NonNullable<NodeState["remote"]>): string {
  const again = attached ? " (found again, not paid again)" : "";
  switch (state) {
    case "publishing":
      return "preparing the pictures";
    case "submitting":
      return "submitting the job";
    case "queued":
      return `in the queue${queuePosition === undefined ? "" : `, position ${queuePosition}`}${again}`;
    case "running":
      return `running at the service${again}`;
    case "fetching":
      return `fetching the result${again}`;
  }
}

/** Tells nodes that a cancelled run has stopped from nodes that failed. */
function narrator(label: (node: string) => string): Narrator {
  let cancelling = false;
  const stopped = new Set<string>();
  return (event) => {
    if (event.type === "run.cancelling") cancelling = true;
    if (event.type === "node.failed" && cancelling && isStopped(event.error)) {
      stopped.add(event.node);
      return `  ${label(event.node)}: cancelled`;
    }
    if (event.type === "node.skipped" && stopped.has(event.because))
      return `  ${label(event.node)}: skipped, since ${label(event.because)} was cancelled`;
    return lineOf(event, label);
  };
}

function lineOf(event: RunEvent, label: (node: string) => string): string | undefined {
  switch (event.type) {
    case "run.started":
      return `${printable(event.workflow)}: ${event.execute} of ${event.nodes} nodes to run${remoteJobs(event)}`;
    case "run.cancelling":
      return "cancelling …";
    case "node.cached":
      return `  ${label(event.node)}: from the cache (${event.from})`;
    case "node.pinned":
      return `  ${label(event.node)}: pinned, does not run`;
    case "node.progress":
      return event.value === event.total
        ? undefined
        : `  ${label(event.node)}: ${Math.floor((10 * event.value) / event.total) * 10} %`;
    case "remote.state":
      return `  ${label(event.node)}: ${remoteText(event)}`;
    case "node.log":
      return `  ${label(event.node)}: ${event.level === "warning" ? "warning: " : ""}${printable(event.message)}`;
    case "node.finished":
      return `  ${label(event.node)}: done in ${duration(event.ms)}${itemsRun(event.items)}`;
    case "node.failed":
      return `  ${label(event.node)}: failed`;
    case "node.skipped":
      return `  ${label(event.node)}: skipped, since ${label(event.because)} failed`;
    default:
      return undefined;
  }
}

/** Whether they are paid depends on the service; the sandbox says by itself that it costs nothing. */
function remoteJobs({ paid, estimateUsd }: Extract<RunEvent, { type: "run.started" }>): string {
  if (paid === 0) return "";
  const price = estimateUsd === undefined ? "" : ` for about ${usd(estimateUsd)}`;
  return `${paid === 1 ? ", 1 remote job" : `, ${paid} remote jobs`}${price}`;
}

/** Of the items of a list only some run again: the others are in the cache. */
function itemsRun(items: ItemCounts | undefined): string {
  return items === undefined ? "" : `, ${items.executed} of ${items.total} items run`;
}

/** Milliseconds as a person reads them. */
function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
