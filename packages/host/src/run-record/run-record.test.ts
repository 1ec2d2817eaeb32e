import type { RunEvent, RunEventBody } from "@inlay/engine";
import { expect, test } from "vitest";
import { addToRunRecord, createRunRecord, type RunRecord } from "./run-record.ts";

const counts = { executed: 1, cached: 0, failed: 0, skipped: 0, paid: 1 };

function recordOf(...events: readonly RunEventBody[]): RunRecord {
  const record = createRunRecord();
  events.forEach((body, index) => addToRunRecord(record, { seq: index + 1, time: 1000 * index, ...body } as RunEvent));
  return record;
}

const started: RunEventBody = {
  type: "run.started",
  run: "r1",
  workflow: "w",
  nodes: 2,
  execute: 2,
  paid: 1,
  targets: ["save"],
  seeds: { "a.seed": 7 },
};
const accepted: RunEventBody = { type: "remote.state", node: "a", state: "queued", requestId: "q1" };

test("a run that goes on names its accepted jobs and where they stand", () => {
  const record = recordOf(started, { type: "node.started", node: "a" }, accepted);
  expect(record).toMatchObject({ run: "r1", status: "running", startedAt: "1970-01-01T00:00:00.000Z" });
  expect(record.jobs).toEqual([{ node: "a", requestId: "q1", state: "queued" }]);
  expect(record.nodes).toEqual({ a: { status: "running" } });
});

test("a job that a run had submitted before its process died is its own, and so is its cost", () => {
  const state = { type: "remote.state", node: "a", state: "running", requestId: "q1", attached: true } as const;
  const ended = { type: "remote.ended", node: "a", ending: "succeeded", costUsd: 0.02, attached: true } as const;
  const record = recordOf(started, accepted, started, state, { ...ended, requestId: "q1" });
  expect(record).toMatchObject({ costUsd: 0.02, startedAt: "1970-01-01T00:00:00.000Z" });
  expect(record.jobs).toEqual([{ node: "a", requestId: "q1", ending: "succeeded", costUsd: 0.02 }]);
});

test("a job has the price that the service said, as soon as it was said", () => {
  const price = { usd: 0.04, unit: "per image", note: "a page of words" };
  const record = recordOf(started, { ...accepted, price } as RunEventBody);
  expect(record.jobs).toEqual([
    { node: "a", requestId: "q1", state: "queued", price: { usd: 0.04, unit: "per image" } },
  ]);
});

test("a job that succeeded has its cost, and one that an earlier run had paid adds none", () => {
  const ended = { type: "remote.ended", node: "a", ending: "succeeded", costUsd: 0.02 } as const;
  const record = recordOf(
    started,
    accepted,
    { ...ended, requestId: "q1" },
    { ...ended, requestId: "q0", attached: true },
  );
  expect(record.jobs).toEqual([
    { node: "a", requestId: "q1", ending: "succeeded", costUsd: 0.02 },
    { node: "a", requestId: "q0", ending: "succeeded", costUsd: 0.02, attached: true },
  ]);
  expect(record.costUsd).toBe(0.02);
});

test.each([
  ["detached", "inlay jobs collect q1"],
  ["unknown", "inlay jobs"],
  ["lost", "inlay jobs"],
] as const)("a job that is %s says what to do", (ending, advice) => {
  const record = recordOf(started, accepted, {
    type: "remote.ended",
    node: "a",
    ending,
    requestId: "q1",
    message: "m",
  });
  expect(record.jobs).toMatchObject([{ ending, message: "m", whatToDo: expect.stringContaining(advice) as string }]);
  expect(record.jobs[0]).not.toHaveProperty("state");
});

test("the advice of the node's error takes the place of the usual one", () => {
  const error = { code: "remote.unknown", message: "m", ending: "unknown", suggestion: "Look there." } as const;
  const ended: RunEventBody = { type: "remote.ended", node: "a", ending: "unknown", message: "m" };
  const record = recordOf(started, ended, { type: "node.failed", node: "a", error });
  expect(record.jobs).toEqual([{ node: "a", ending: "unknown", message: "m", whatToDo: "Look there." }]);
  expect(record.nodes["a"]).toEqual({ status: "failed", error });
});

test("the end has status, counts, outputs and error", () => {
  const error = { code: "image.empty", message: "m" };
  const ended: RunEventBody = { type: "run.finished", run: "r1", status: "failed", ms: 5, counts, outputs: {}, error };
  expect(recordOf(started, ended)).toMatchObject({
    status: "failed",
    counts,
    error,
    endedAt: "1970-01-01T00:00:01.000Z",
  });
});

test("only results are listed among the files, and a skipped node says because of which", () => {
  const file = { type: "node.file", node: "save", path: "/o/a.png", sha256: "0", size: 3, mime: "image/png" } as const;
  const record = recordOf(
    started,
    { ...file, role: "result" },
    { ...file, role: "preview" },
    { type: "node.skipped", node: "b", because: "a" },
  );
  expect(record.files).toEqual([{ node: "save", path: "/o/a.png", sha256: "0", size: 3 }]);
  expect(record.nodes["b"]).toEqual({ status: "skipped", because: "a" });
});
