import type { ErrorData } from "../errors.ts";
import type { PublishedFile } from "../node/context.ts";
import type { RemoteState } from "../host.ts";
import type { ItemCounts, RunEvent, RunStatus } from "./events.ts";

/** What one node of a run is doing. A node without an entry was not needed, or its turn has not come. */
export interface NodeState {
  readonly status: "running" | "succeeded" | "cached" | "pinned" | "failed" | "skipped";
  readonly progress?: { readonly value: number; readonly total: number; readonly note?: string };
  readonly remote?: RemoteState;
  readonly error?: ErrorData;
  readonly ms?: number;
  readonly items?: ItemCounts;
}

/** A run as its events tell it so far. */
export interface RunState {
  status: "idle" | "running" | "cancelling" | RunStatus;
  readonly nodes: Map<string, NodeState>;
  readonly files: ({ readonly node: string } & PublishedFile)[];
  error?: ErrorData;
}

export function createRunState(): RunState {
  return { status: "idle", nodes: new Map(), files: [] };
}

/**
 * Takes one more event in: the fold that CLI, server and editor share. Changes `state` in place, because a run of
 * 100,000 nodes has twice as many events and a copy for each would be quadratic.
 */
export function applyRunEvent(state: RunState, event: RunEvent): void {
  switch (event.type) {
    case "run.started":
      state.status = "running";
      return;
    case "run.cancelling":
      state.status = "cancelling";
      return;
    case "run.finished":
      state.status = event.status;
      if (event.error) state.error = event.error;
      return;
    case "node.file": {
      const { node, role, path, sha256, size, mime } = event;
      state.files.push({ node, role, sha256, size, mime, ...(path !== undefined && { path }) });
      return;
    }
    case "node.log":
    case "node.expanded":
    case "remote.ended":
      return;
    default:
      state.nodes.set(event.node, nodeState(state.nodes.get(event.node), event));
  }
}

type NodeEvent = Extract<
  RunEvent,
  {
    type:
      | "node.started"
      | "node.progress"
      | "remote.state"
      | "node.finished"
      | "node.cached"
      | "node.pinned"
      | "node.failed"
      | "node.skipped";
  }
>;

function nodeState(before: NodeState | undefined, event: NodeEvent): NodeState {
  switch (event.type) {
    case "node.started":
      return { status: "running" };
    case "node.progress":
      return {
        ...before,
        status: "running",
        progress: { value: event.value, total: event.total, ...(event.note !== undefined && { note: event.note }) },
      };
    case "remote.state": {
      const { state, requestId, queuePosition, attached } = event;
      const remote = {
        state,
        ...(requestId !== undefined && { requestId }),
        ...(queuePosition !== undefined && { queuePosition }),
        ...(attached !== undefined && { attached }),
      };
      return { ...before, status: "running", remote };
    }
    case "node.finished":
      return { status: "succeeded", ms: event.ms, ...(event.items && { items: event.items }) };
    case "node.cached":
      return { status: "cached" };
    case "node.pinned":
      return { status: "pinned" };
    case "node.failed":
      return { status: "failed", error: event.error };
    case "node.skipped":
      return { status: "skipped" };
  }
}
