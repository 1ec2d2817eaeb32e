import type { RunEventBody, RunStatus } from "@inlay/engine";
import { expect } from "vitest";
import type { NewRun, ServerEventBody } from "../../src/runs/run-record.ts";
import type { RunStore } from "../../src/runs/run-store.ts";

/** One behaviour that every store of runs has. */
interface StoreTest {
  readonly name: string;
  run(): Promise<void>;
}

const counts = { executed: 1, cached: 0, failed: 0, skipped: 0, paid: 0 };

function newRun(id: string, more: Partial<NewRun> = {}): NewRun {
  return {
    id,
    client: "owner",
    priority: 0,
    created: 1000,
    workflow: { sha256: "5".repeat(64), name: "W", file: "w.json" },
    text: '{"inlay":1}',
    request: { inputs: { n: 1 } },
    ...more,
  };
}

const started = (run: string, seeds = {}): RunEventBody => ({
  type: "run.started",
  run,
  workflow: "W",
  nodes: 1,
  execute: 1,
  paid: 0,
  targets: ["a"],
  seeds,
});
const finished = (run: string, status: RunStatus = "succeeded"): RunEventBody => ({
  type: "run.finished",
  run,
  status,
  ms: 5,
  counts,
  outputs: { result: 3 },
});
const at = (...bodies: readonly ServerEventBody[]) => bodies.map((body, i) => ({ time: 2000 + i, body }));
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

/** The suite of `RunStore`: `make` gives a new, empty store each time. */
export function runStoreConformance(make: () => Promise<RunStore>): readonly StoreTest[] {
  const tests: StoreTest[] = [];
  const test = (name: string, body: (store: RunStore) => Promise<void>): void => {
    tests.push({ name, run: async () => body(await make()) });
  };

  test("a new run waits, with its first event and its workflow", async (store) => {
    const { run, isNew, events } = await store.add(newRun("r1"));
    expect([isNew, run]).toMatchObject([
      true,
      { id: "r1", status: "queued", attempt: 0, seq: 1, request: { inputs: { n: 1 } } },
    ]);
    expect(events.map(({ data }) => JSON.parse(data))).toEqual([
      { run: "r1", seq: 1, time: 1000, type: "run.queued", workflow: "W", file: "w.json" },
    ]);
    expect(await store.get("r1")).toEqual(run);
    expect(await store.workflowText("5".repeat(64))).toBe('{"inlay":1}');
    expect(await store.get("r2")).toBeUndefined();
  });

  test("of two runs with one request key of a client the first stays", async (store) => {
    await store.add(newRun("r1", { requestKey: "k" }));
    const second = await store.add(newRun("r2", { requestKey: "k" }));
    expect([second.isNew, second.run.id, second.events]).toEqual([false, "r1", []]);
    expect((await store.add(newRun("r3", { requestKey: "k", client: "shop" }))).isNew).toBe(true);
    expect((await store.add(newRun("r4"))).isNew).toBe(true);
  });

  test("events are numbered in their run and placed among all", async (store) => {
    await store.add(newRun("r1"));
    await store.add(newRun("r2", { client: "shop" }));
    await store.begin("r1", 1);
    const told = await store.record([{ run: "r1", attempt: 1, events: at(started("r1"), finished("r1")) }]);
    expect(told.map(({ data, isLast }) => [JSON.parse(data).seq, isLast])).toEqual([
      [2, false],
      [3, true],
    ]);
    const all = await store.events({ after: 0, limit: 10 });
    expect(all.map(({ run }) => run)).toEqual(["r1", "r2", "r1", "r1"]);
    expect(all.map(({ id }) => id)).toEqual([...new Set(all.map(({ id }) => id))].sort((a, b) => a - b));
    expect(await store.lastEventId()).toBe(all.at(-1)!.id);
    expect(await store.events({ after: all[1]!.id, limit: 1 })).toEqual([all[2]]);
    expect((await store.events({ after: 0, client: "shop", limit: 10 })).map(({ run }) => run)).toEqual(["r2"]);
    expect(await store.events({ after: 0, run: "r1", limit: 10 })).toHaveLength(3);
  });

  test("a run is what its events say", async (store) => {
    await store.add(newRun("r1"));
    await store.begin("r1", 1);
    await store.record([{ run: "r1", attempt: 1, events: at(started("r1", { "a.seed": 7 })) }]);
    expect(await store.get("r1")).toMatchObject({
      status: "running",
      attempt: 1,
      started: 2000,
      seeds: { "a.seed": 7 },
    });
    const file = {
      type: "node.file",
      node: "a",
      role: "result",
      path: "o.png",
      sha256: "ab",
      size: 1,
      mime: "image/png",
    } as const;
    const paid = { type: "remote.ended", node: "a", ending: "succeeded", costUsd: 0.25 } as const;
    await store.record([{ run: "r1", attempt: 1, events: at(file, paid, finished("r1")) }]);
    expect(await store.get("r1")).toMatchObject({
      status: "succeeded",
      costUsd: 0.25,
      counts,
      outputs: { result: 3 },
      files: [{ node: "a", path: "o.png" }],
    });
  });

  test("a job that the run submits is paid by it, though another attempt collects it; another run's is not", async (store) => {
    await store.add(newRun("r1"));
    const state = { type: "remote.state", node: "a", state: "running" } as const;
    const ended = { type: "remote.ended", node: "a", ending: "succeeded", costUsd: 0.25, attached: true } as const;
    await store.begin("r1", 1);
    await store.record([{ run: "r1", attempt: 1, events: at({ ...state, requestId: "q1" }) }]);
    await store.begin("r1", 2);
    const before = at({ ...state, requestId: "q1", attached: true }, { ...ended, requestId: "q1" });
    await store.record([{ run: "r1", attempt: 2, events: before }]);
    await store.record([{ run: "r1", attempt: 2, events: at({ ...ended, requestId: "q0" }) }]);
    expect((await store.get("r1"))?.costUsd).toBe(0.25);
  });

  test("a node is what its events and outputs say", async (store) => {
    await store.add(newRun("r1"));
    await store.begin("r1", 1);
    const begun = { type: "node.started", node: "a" } as const;
    const progress = { type: "node.progress", node: "a", value: 1, total: 2 } as const;
    await store.record([{ run: "r1", attempt: 1, events: at(begun, progress) }]);
    expect(await store.nodes("r1")).toEqual([{ node: "a", status: "running", progress: { value: 1, total: 2 } }]);
    const done = { type: "node.finished", node: "a", ms: 3 } as const;
    const outputs = [{ node: "a", key: "k1", summary: { value: 1 } }];
    await store.record([{ run: "r1", attempt: 1, events: at(done), outputs }]);
    expect(await store.nodes("r1")).toEqual([
      { node: "a", status: "succeeded", ms: 3, key: "k1", outputs: { value: 1 } },
    ]);
  });

  test("what is kept is found in its place, whole or as the name of a file, until it is released", async (store) => {
    await store.add(newRun("r1"));
    await store.begin("r1", 1);
    const small = { place: "a", key: "k1", outputs: bytes("one") };
    const large = { place: "3:b", key: "k2", file: "1-7" };
    await store.record([{ run: "r1", attempt: 1, events: [], kept: [small, large] }]);
    expect((await store.checkpoints("r1")).toSorted((x, y) => (x.place < y.place ? -1 : 1))).toEqual([
      large,
      { place: "a", key: "k1" },
    ]);
    expect([await store.checkpoint("r1", "a"), await store.checkpoint("r1", "3:b")]).toEqual([small, large]);
    expect([await store.checkpoint("r1", "b"), await store.checkpoint("r2", "a")]).toEqual([undefined, undefined]);
    await store.record([{ run: "r1", attempt: 1, events: [], released: ["a", "none"] }]);
    expect(await store.checkpoints("r1")).toEqual([large]);
    const again = { place: "3:b", key: "k3", outputs: bytes("two") };
    await store.record([{ run: "r1", attempt: 1, events: [], released: ["3:b"], kept: [again] }]);
    expect(await store.checkpoint("r1", "3:b")).toEqual(again);
  });

  test("what an attempt keeps that is no longer the present one is not heard, nor is what it releases", async (store) => {
    await store.add(newRun("r1"));
    await store.begin("r1", 1);
    await store.record([{ run: "r1", attempt: 1, events: [], kept: [{ place: "a", key: "k", file: "1-1" }] }]);
    await store.begin("r1", 2);
    const stale = { released: ["a"], kept: [{ place: "b", key: "k", file: "1-2" }] };
    await store.record([{ run: "r1", attempt: 1, events: [], ...stale }]);
    expect(await store.checkpoints("r1")).toEqual([{ place: "a", key: "k", file: "1-1" }]);
  });

  test("nothing is kept of a run that succeeded, no file of one that failed, all of one that was interrupted", async (store) => {
    const left: Record<string, readonly string[]> = {};
    for (const status of ["succeeded", "failed", "cancelled", "interrupted"] as const) {
      await store.add(newRun(status));
      await store.begin(status, 1);
      const kept = [
        { place: "a", key: "k", outputs: bytes("x") },
        { place: "b", key: "k", file: "1-1" },
      ];
      await store.record([{ run: status, attempt: 1, events: at(finished(status, status)), kept }]);
      left[status] = (await store.checkpoints(status)).map(({ place }) => place).toSorted();
    }
    expect(left).toEqual({ succeeded: [], failed: ["a"], cancelled: ["a"], interrupted: ["a", "b"] });
  });

  test("only the present attempt is heard, and nothing after the end", async (store) => {
    await store.add(newRun("r1"));
    await store.begin("r1", 1);
    await store.begin("r1", 2);
    expect(await store.begin("r1", 2)).toBeUndefined();
    expect(await store.record([{ run: "r1", attempt: 1, events: at(finished("r1")) }])).toEqual([]);
    await store.record([{ run: "r1", attempt: 2, events: at(finished("r1", "failed")) }]);
    expect(await store.record([{ run: "r1", attempt: 2, events: at(finished("r1")) }])).toEqual([]);
    expect(await store.begin("r1", 3)).toBeUndefined();
    expect(await store.get("r1")).toMatchObject({ status: "failed", attempt: 2 });
    expect(await store.record([{ run: "none", attempt: 0, events: at(finished("none")) }])).toEqual([]);
  });

  test("attempts that finish no node are counted", async (store) => {
    await store.add(newRun("r1"));
    expect([(await store.begin("r1", 1))!.stalled, (await store.begin("r1", 2))!.stalled]).toEqual([1, 2]);
    const events = at({ type: "node.finished", node: "a", ms: 1 });
    await store.record([{ run: "r1", attempt: 2, events }]);
    expect((await store.begin("r1", 3))!.stalled).toBe(1);
  });

  test("runs are listed the newest first, by client, status, file and place", async (store) => {
    for (const id of ["r1", "r2", "r3"]) await store.add(newRun(id));
    await store.add(newRun("r4", { client: "shop", workflow: { sha256: "6".repeat(64), name: "Other" } }));
    await store.begin("r2", 1);
    await store.record([{ run: "r2", attempt: 1, events: at(finished("r2")) }]);
    const ids = async (query: Partial<Parameters<RunStore["list"]>[0]>) =>
      (await store.list({ limit: 10, ...query })).map(({ id }) => id);
    expect(await ids({})).toEqual(["r4", "r3", "r2", "r1"]);
    expect(await ids({ client: "owner", limit: 2 })).toEqual(["r3", "r2"]);
    expect(await ids({ client: "owner", before: "r2" })).toEqual(["r1"]);
    expect(await ids({ statuses: ["succeeded", "failed"] })).toEqual(["r2"]);
    expect(await ids({ file: "w.json" })).toEqual(["r3", "r2", "r1"]);
    expect(await ids({ text: "oTHer" })).toEqual(["r4"]);
    expect(await ids({ text: "w.js" })).toEqual(["r3", "r2", "r1"]);
    expect(await ids({ text: "w_j%" })).toEqual([]);
    expect(await store.countByStatus()).toEqual({ queued: 3, succeeded: 1 });
  });

  test("what is removed is gone with all that belongs to it; pinned and living runs stay", async (store) => {
    for (const id of ["r1", "r2", "r3"]) await store.add(newRun(id));
    for (const id of ["r1", "r2"]) {
      await store.begin(id, 1);
      const kept = [{ place: "a", key: "k", outputs: bytes("x") }];
      await store.record([{ run: id, attempt: 1, events: at(finished(id, "failed")), kept }]);
    }
    expect(await store.pin("r2", true)).toMatchObject({ isPinned: true });
    expect(await store.pin("none", true)).toBeUndefined();
    await store.remove(["r1", "r2", "r3"]);
    expect((await store.list({ limit: 10 })).map(({ id }) => id)).toEqual(["r3", "r2"]);
    expect([
      await store.events({ after: 0, run: "r1", limit: 10 }),
      await store.nodes("r1"),
      await store.checkpoints("r1"),
    ]).toEqual([[], [], []]);
    expect(await store.workflowText("5".repeat(64))).toBeDefined();
  });

  test("places are never given twice, even when the last events were removed", async (store) => {
    await store.add(newRun("r1"));
    await store.begin("r1", 1);
    await store.record([{ run: "r1", attempt: 1, events: at(finished("r1")) }]);
    const last = await store.lastEventId();
    await store.remove(["r1"]);
    const { events } = await store.add(newRun("r2"));
    expect(events[0]!.id).toBeGreaterThan(last);
  });

  return tests;
}
