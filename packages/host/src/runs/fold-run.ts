import type { NodeOutputsUpdate, RunUpdate } from "./run-store.ts";
import type { NewRun, NodeRecord, RunFile, RunRecord, ServerEventBody } from "./run-record.ts";

/** The list of a run's files is cut here; its nodes' events have them all. */
const mostFiles = 100;

type TimedEvent = RunUpdate["events"][number];

/** A run that has just been accepted. */
export function queuedRun({ text: _text, requestKey: _key, webhook: _webhook, ...run }: NewRun): RunRecord {
  return {
    ...run,
    status: "queued",
    attempt: 0,
    stalled: 0,
    isPinned: false,
    seeds: {},
    outputs: {},
    files: [],
    eventId: 0,
    seq: 0,
  };
}

/** The event with which a run begins. */
export function queuedEvent({ workflow: { name, file } }: NewRun): ServerEventBody {
  return { type: "run.queued", workflow: name, ...(file !== undefined && { file }) };
}

/** A run that a worker begins, or begins again. */
export function begunRun(run: RunRecord, attempt: number): RunRecord {
  return { ...run, attempt, stalled: run.stalled + 1 };
}

/** A run after one more event. */
export function foldRun(run: RunRecord, { time, body }: TimedEvent): RunRecord {
  switch (body.type) {
    case "run.moved":
      return { ...run, priority: body.priority };
    case "run.started":
      return { ...run, status: "running", started: run.started ?? time, seeds: body.seeds };
    case "node.finished":
      return run.stalled === 0 ? run : { ...run, stalled: 0 };
    case "run.cancelling":
      return { ...run, status: "cancelling" };
    case "node.file": {
      const { node, role, path, sha256, size, mime } = body;
      const file: RunFile = { node, role, sha256, size, mime, ...(path !== undefined && { path }) };
      const isKnown = run.files.some(
        (known) => known.node === node && known.role === role && known.path === path && known.sha256 === sha256,
      );
      return isKnown || run.files.length >= mostFiles ? run : { ...run, files: [...run.files, file] };
    }
    case "remote.state": {
      const { requestId, attached } = body;
      const isKnown = requestId === undefined || attached || run.submitted?.includes(requestId);
      return isKnown ? run : { ...run, submitted: [...(run.submitted ?? []), requestId] };
    }
    case "remote.ended": {
      const { requestId, attached, costUsd } = body;
      const { submitted = [], ...rest } = run;
      // What it had submitted before its server was killed, it attaches to, and has paid for.
      const isOwn = requestId !== undefined && submitted.includes(requestId);
      const left = isOwn ? submitted.filter((id) => id !== requestId) : submitted;
      const isPaid = costUsd !== undefined && (isOwn || !attached);
      return {
        ...rest,
        ...(left.length > 0 && { submitted: left }),
        ...(isPaid && { costUsd: (run.costUsd ?? 0) + costUsd }),
      };
    }
    case "run.finished": {
      const { status, ms, counts, outputs, error } = body;
      return { ...run, status, ms, counts, outputs, finished: time, ...(error && { error }) };
    }
    default:
      return run;
  }
}

/** The nodes of a run after one more event; undefined when it is about no node. */
export function foldNode(before: NodeRecord | undefined, { body }: TimedEvent): NodeRecord | undefined {
  switch (body.type) {
    case "node.started":
      return { node: body.node, status: "running" };
    case "node.progress": {
      const { node, value, total, note } = body;
      return { ...before, node, status: "running", progress: { value, total, ...(note !== undefined && { note }) } };
    }
    case "remote.state": {
      const { node, state, requestId, queuePosition } = body;
      const remote = {
        state,
        ...(requestId !== undefined && { requestId }),
        ...(queuePosition !== undefined && { queuePosition }),
      };
      return { ...before, node, status: "running", remote };
    }
    case "remote.ended":
      return {
        status: "running",
        ...before,
        node: body.node,
        ...(body.costUsd !== undefined && { costUsd: (before?.costUsd ?? 0) + body.costUsd }),
      };
    case "node.finished":
      return { ...kept(before), node: body.node, status: "succeeded", ms: body.ms };
    case "node.cached":
      return { ...kept(before), node: body.node, status: "cached", from: body.from };
    case "node.failed":
      return { ...kept(before), node: body.node, status: "failed", error: body.error };
    case "node.skipped":
      return { node: body.node, status: "skipped" };
    default:
      return undefined;
  }
}

/** A node with what it gave. */
export function withOutputs(before: NodeRecord | undefined, { node, key, summary }: NodeOutputsUpdate): NodeRecord {
  return { status: "running", ...before, node, key, outputs: summary };
}

/** What an ending leaves of what a node was doing. */
function kept(before: NodeRecord | undefined): Partial<NodeRecord> {
  if (!before) return {};
  const { progress: _progress, remote: _remote, ...rest } = before;
  return rest;
}
