import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "./events.ts";
import { applyRunEvent, createRunState } from "./run-state.ts";

function stateAfter(...bodies: readonly RunEventBody[]) {
  const state = createRunState();
  bodies.forEach((body, i) => applyRunEvent(state, { seq: i + 1, time: 0, ...body } as RunEvent));
  return state;
}

const started = { type: "node.started", node: "a" } as const;
const counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };

test("a run goes from idle through running to its end", () => {
  const begin = {
    type: "run.started",
    run: "r",
    workflow: "w",
    nodes: 1,
    execute: 1,
    paid: 0,
    targets: ["a"],
    seeds: {},
  } as const;
  const error = { code: "node.failed", message: "no" };
  const end = { type: "run.finished", run: "r", status: "failed", ms: 1, counts, outputs: {}, error } as const;
  expect(stateAfter().status).toBe("idle");
  expect(stateAfter(begin).status).toBe("running");
  expect(stateAfter(begin, { type: "run.cancelling", reason: "x" }).status).toBe("cancelling");
  expect(stateAfter(begin, end)).toMatchObject({ status: "failed", error });
});

test.each<[RunEventBody, object]>([
  [
    { type: "node.finished", node: "a", ms: 3 },
    { status: "succeeded", ms: 3 },
  ],
  [{ type: "node.cached", node: "a", from: "disk" }, { status: "cached" }],
  [{ type: "node.skipped", node: "a", because: "b" }, { status: "skipped" }],
  [
    { type: "node.failed", node: "a", error: { code: "c", message: "m" } },
    { status: "failed", error: { code: "c", message: "m" } },
  ],
])("a node's ending replaces what it was doing: $type", (event, node) => {
  expect(stateAfter(started, { type: "node.progress", node: "a", value: 1, total: 2 }, event).nodes.get("a")).toEqual(
    node,
  );
});

test("progress and the remote job's state stand beside each other", () => {
  const remote = { type: "remote.state", node: "a", state: "queued", queuePosition: 2 } as const;
  const state = stateAfter(started, remote, { type: "node.progress", node: "a", value: 1, total: 4, note: "half" });
  expect(state.nodes.get("a")).toEqual({
    status: "running",
    progress: { value: 1, total: 4, note: "half" },
    remote: { state: "queued", queuePosition: 2 },
  });
});

test("files are collected with their nodes", () => {
  const file = { role: "result", path: "out/a.png", sha256: "ab", size: 1, mime: "image/png" } as const;
  expect(stateAfter({ type: "node.file", node: "a", ...file }).files).toEqual([{ node: "a", ...file }]);
});

test("logs and a job's ending leave the nodes as they are", () => {
  const log = { type: "node.log", node: "a", level: "info", message: "m" } as const;
  expect(stateAfter(log, { type: "remote.ended", node: "a", ending: "detached" }).nodes.size).toBe(0);
});
