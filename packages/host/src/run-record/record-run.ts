import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunEvent } from "@inlay/engine";
import { replaceFile } from "../atomic-file.ts";
import { ownerRuns, processOwner } from "../process-owner.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { addToRunRecord, createRunRecord, type RunFacts, type RunRecord } from "./run-record.ts";

/** Keeps the record of one run on the disk while it goes on. */
export interface RunRecorder {
  /** Takes an event in; the record is written when a job has been accepted or has ended, and at the end. */
  add(event: RunEvent): void;
  /** Resolves to the record's path when it is written, or to undefined when it could not be. Never rejects. */
  finished(): Promise<string | undefined>;
}

/** Records of older runs go. */
const mostRecords = 500;
/** Writing takes at most a tenth of a run's time. */
const restAfterWriting = 10;

/**
 * Records a run in `.inlay/runs/<id>/run.json`, for its owner's eyes only, whole or not at all.
 *
 * A record that cannot be written harms no run. A run whose process is gone is found by the next one and becomes
 * `interrupted`. Who goes on with one adds the events of before first.
 */
export function recordRun(workspace: Workspace, facts: RunFacts = {}): RunRecorder {
  const record = createRunRecord(facts);
  const owner = processOwner(process.pid);
  const known = new Set<string>();
  let isDirty = false;
  let isOver = false;
  let writing: Promise<string | undefined> | undefined;
  let wake = (): void => undefined;

  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms).unref();
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (isOver) wake();
    });

  const writeAll = async (): Promise<string | undefined> => {
    let path: string | undefined;
    await markInterrupted(workspace);
    while (isDirty) {
      isDirty = false;
      const begun = performance.now();
      path = await write(workspace, record, owner);
      if (!isOver) await rest(restAfterWriting * (performance.now() - begun));
    }
    return path;
  };

  const save = (): void => {
    isDirty = true;
    wake();
    writing ??= writeAll()
      .catch(() => undefined)
      .finally(() => (writing = undefined));
  };

  return {
    add(event) {
      addToRunRecord(record, event);
      if (event.type === "run.finished") isOver = true;
      const isNew = event.type === "remote.state" && event.requestId !== undefined && !known.has(event.requestId);
      if (isNew) known.add(event.requestId!);
      if (isNew || event.type === "run.started" || event.type === "remote.ended" || isOver) save();
    },
    async finished() {
      let path: string | undefined;
      while (writing) path = (await writing) ?? path;
      return path;
    },
  };
}

async function write(workspace: Workspace, record: RunRecord, owner: string): Promise<string | undefined> {
  if (!record.run) return undefined;
  const folder = await makeStateFolder(workspace, "runs", record.run);
  const running = await makeStateFolder(workspace, "runs", "running");
  const marker = join(running, record.run);
  const isOver = record.status !== "running" && record.status !== "cancelling";
  // What names a paid job survives a power cut; the rest can be done again.
  const durable = record.jobs.length > 0;
  const path = join(folder, "run.json");
  if (!isOver) await replaceFile(marker, Buffer.from(owner), { mode: 0o600, durable: false });
  await replaceFile(path, textOf(record), { mode: 0o600, durable });
  if (isOver) {
    await rm(marker, { force: true });
    await prune(workspace);
  }
  return path;
}

/** What a person looks for stands first. */
function textOf({ nodes, files, outputs, jobs, record: version, run, workflow, status, ...rest }: RunRecord): Buffer {
  const record = { record: version, run, workflow, status, ...rest, jobs, outputs, files, nodes };
  return Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
}

/** Ids of runs sort by time. */
async function prune({ stateDir }: Workspace): Promise<void> {
  const names = (await readdir(join(stateDir, "runs"))).filter((name) => name !== "running").sort();
  for (const name of names.slice(0, -mostRecords))
    await rm(join(stateDir, "runs", name), { recursive: true, force: true });
}

/** Runs that say that they are running and whose process is gone. */
async function markInterrupted({ stateDir }: Workspace): Promise<void> {
  const running = join(stateDir, "runs", "running");
  for (const run of await readdir(running).catch(() => [])) {
    const marker = join(running, run);
    const owner = await readFile(marker, "utf8").catch(() => undefined);
    const since = (await stat(marker).catch(() => undefined))?.mtimeMs ?? 0;
    if (owner === undefined || run.startsWith(".") || ownerRuns(owner, since)) continue;
    await interrupt(join(stateDir, "runs", run, "run.json")).catch(() => undefined);
    await rm(marker, { force: true });
  }
}

async function interrupt(path: string): Promise<void> {
  const record = JSON.parse(await readFile(path, "utf8")) as RunRecord;
  if (record.status !== "running" && record.status !== "cancelling") return;
  await replaceFile(path, textOf({ ...record, status: "interrupted" }), { mode: 0o600, durable: false });
}
