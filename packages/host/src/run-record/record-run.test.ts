import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunEvent, RunEventBody } from "@inlay/engine";
import { expect, test } from "vitest";
import { idleProcess } from "../../test/support/children.ts";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import { processOwner } from "../process-owner.ts";
import type { Workspace } from "../workspace.ts";
import { recordRun } from "./record-run.ts";
import type { RunRecord } from "./run-record.ts";

const counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
const begin = (run: string): RunEventBody => ({
  type: "run.started",
  run,
  workflow: "w",
  nodes: 1,
  execute: 1,
  paid: 1,
  targets: [],
  seeds: {},
});
const end = (run: string): RunEventBody => ({
  type: "run.finished",
  run,
  status: "succeeded",
  ms: 1,
  counts,
  outputs: {},
});
const event = (body: RunEventBody): RunEvent => ({ seq: 1, time: 0, ...body }) as RunEvent;

async function read({ stateDir }: Workspace, run: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(stateDir, "runs", run, "run.json"), "utf8")) as RunRecord;
}

async function runToItsEnd(workspace: Workspace, run: string): Promise<string | undefined> {
  const recorder = recordRun(workspace);
  for (const body of [begin(run), end(run)]) recorder.add(event(body));
  return recorder.finished();
}

test("a run's record is there when it has ended, for its owner only, and nothing else is left", async () => {
  const workspace = await tempWorkspace();
  const path = await runToItsEnd(workspace, "r1");
  expect(path).toBe(join(workspace.stateDir, "runs", "r1", "run.json"));
  expect((await stat(path!)).mode & 0o777).toBe(0o600);
  expect(await read(workspace, "r1")).toMatchObject({ run: "r1", status: "succeeded" });
  expect(await readdir(join(workspace.stateDir, "runs", "running"))).toEqual([]);
});

test("the id of an accepted job is on the disk while the run goes on", async () => {
  const workspace = await tempWorkspace();
  const recorder = recordRun(workspace);
  recorder.add(event(begin("r1")));
  recorder.add(event({ type: "remote.state", node: "a", state: "queued", requestId: "q1" }));
  await recorder.finished();
  expect(await read(workspace, "r1")).toMatchObject({
    status: "running",
    jobs: [{ requestId: "q1", state: "queued" }],
  });
  recorder.add(event(end("r1")));
  await recorder.finished();
  expect(await read(workspace, "r1")).toMatchObject({ status: "succeeded" });
});

test("a run whose process is gone is found by the next run and told as interrupted", async () => {
  const workspace = await tempWorkspace();
  const child = await idleProcess();
  const recorder = recordRun(workspace);
  recorder.add(event(begin("r1")));
  await recorder.finished();
  await writeFile(join(workspace.stateDir, "runs", "running", "r1"), processOwner(child.pid));
  await runToItsEnd(workspace, "r2");
  expect((await read(workspace, "r1")).status).toBe("running");
  await child.kill();
  await runToItsEnd(workspace, "r3");
  expect((await read(workspace, "r1")).status).toBe("interrupted");
});

test("records of runs long ago go", async () => {
  const workspace = await tempWorkspace();
  for (let run = 0; run < 505; run++)
    await mkdir(join(workspace.stateDir, "runs", `a${String(run).padStart(4, "0")}`), { recursive: true });
  await runToItsEnd(workspace, "b1");
  const left = await readdir(join(workspace.stateDir, "runs"));
  expect(left.length).toBe(501);
  expect(left).toEqual(expect.arrayContaining(["b1", "running", "a0504"]));
  expect(left).not.toContain("a0005");
});

test("a record that cannot be written harms nobody", async () => {
  const workspace = await tempWorkspace();
  await mkdir(workspace.stateDir, { recursive: true });
  await writeFile(join(workspace.stateDir, "runs"), "in the way");
  expect(await runToItsEnd(workspace, "r1")).toBeUndefined();
});
