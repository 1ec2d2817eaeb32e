import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { idleProcess } from "../../test/support/children.ts";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import { fileArtifacts } from "../artifacts.ts";
import type { FileArtifactStore } from "../artifacts.ts";
import { collectedResults } from "../jobs/collected-results.ts";
import { processOwner } from "../process-owner.ts";
import { diskResultCache } from "../result-cache/disk-result-cache.ts";
import type { Workspace } from "../workspace.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { storedFiles } from "./stored-files.ts";

const keyOf = (digit: string): string => digit.repeat(64);
const kilobyte = (content: number): Uint8Array => new Uint8Array(1_000).fill(content);

async function artifactsOf(workspace: Workspace): Promise<FileArtifactStore> {
  const artifacts = fileArtifacts(workspace);
  onTestFinished(() => artifacts.close());
  return artifacts;
}

async function keep(workspace: Workspace, digit: string, outputs: object, paid = false): Promise<void> {
  const cache = await diskResultCache({ workspace });
  await cache.set(keyOf(digit), outputs as Record<string, unknown>, { ms: 1000, paid });
  await cache.idle();
}

/** As if everything had last been used long ago, in the order of its names. */
async function age(workspace: Workspace): Promise<void> {
  const files = [...(await storedFiles(workspace))].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, { path }] of files.entries()) await utimes(path, i + 1, i + 1);
}

const collect = async (workspace: Workspace, downTo: number, options: { paid?: boolean; dryRun?: boolean } = {}) => {
  const all = { workspace, above: downTo, downTo, paid: true, ...options };
  return (await collectGarbage(all)).removed.map(({ kind, name }) => `${kind} ${name.slice(0, 1)}`);
};

describe("making room", () => {
  test("removes nothing while there is enough", async () => {
    const workspace = await tempWorkspace();
    await keep(workspace, "a", { data: kilobyte(1) });
    expect(await collect(workspace, 5_000)).toEqual([]);
  });

  test("takes results not used for longest first, and paid ones last and only when they may go", async () => {
    const workspace = await tempWorkspace();
    await keep(workspace, "0", { data: kilobyte(1) }, true);
    for (const digit of ["1", "2", "3"]) await keep(workspace, digit, { data: kilobyte(1) });
    await age(workspace);
    expect(await collect(workspace, 3_000, { dryRun: true })).toEqual(["result 1", "result 2"]);
    expect(await collect(workspace, 3_000)).toEqual(["result 1", "result 2"]);
    expect(await collect(workspace, 0, { paid: false })).toEqual(["result 3"]);
    expect(await collect(workspace, 0)).toEqual(["paid result 0"]);
    expect(await storedFiles(workspace)).toEqual([]);
  });

  test("that only says what would go changes nothing", async () => {
    const workspace = await tempWorkspace();
    await keep(workspace, "a", { data: kilobyte(1) });
    await collect(workspace, 0, { dryRun: true });
    expect(await storedFiles(workspace)).toHaveLength(1);
  });
});

describe("the files of a paid job that were collected by themselves", () => {
  test("count, and go as a whole, last and only when paid results may go", async () => {
    const workspace = await tempWorkspace();
    const collected = collectedResults(workspace);
    await collected.put(keyOf("c"), { requestId: "r1", files: [{ bytes: kilobyte(1), mime: "image/png" }] });
    await keep(workspace, "1", { data: kilobyte(1) });
    expect((await storedFiles(workspace)).find(({ kind }) => kind === "collected result")!.size).toBeGreaterThan(1000);
    expect(await collect(workspace, 0, { paid: false })).toEqual(["result 1"]);
    expect((await collected.get(keyOf("c"), "r1"))?.files).toHaveLength(1);
    expect(await collect(workspace, 0, { dryRun: true })).toEqual(["collected result c"]);
    expect(await collect(workspace, 0)).toEqual(["collected result c"]);
    expect(await collected.get(keyOf("c"), "r1")).toBeUndefined();
    expect(await readdir(join(workspace.stateDir, "collected"))).toEqual([]);
    // It can be fetched once more.
    await collected.put(keyOf("c"), { requestId: "r1", files: [{ bytes: kilobyte(1), mime: "image/png" }] });
    expect((await collected.get(keyOf("c"), "r1"))?.files).toHaveLength(1);
  });
});

describe("an artifact", () => {
  test("stays while a result refers to it, and goes with the last one", async () => {
    const workspace = await tempWorkspace();
    const artifacts = fileArtifacts(workspace);
    const ref = await artifacts.put(kilobyte(7), { mime: "image/png" });
    await artifacts.close();
    await keep(workspace, "a", { file: { ...ref, kind: "file", name: "a.png" } });
    await keep(workspace, "b", { files: [ref] });
    await age(workspace);
    expect(await collect(workspace, 1_300)).toEqual(["result a"]);
    expect(await collect(workspace, 1_100)).toEqual(["result b", `artifact ${ref.sha256.slice(0, 1)}`]);
  });

  test("stays while a workflow of the workspace names it", async () => {
    const workspace = await tempWorkspace();
    const artifacts = fileArtifacts(workspace);
    const { sha256 } = await artifacts.put(kilobyte(7), { mime: "image/png" });
    await artifacts.close();
    await age(workspace);
    await mkdir(join(workspace.dir, "workflows"));
    await writeFile(join(workspace.dir, "workflows", "a.json"), `{ "assets": { "${sha256}": { "name": "a.png" } } }`);
    expect(await collect(workspace, 0)).toEqual([]);
    await writeFile(join(workspace.dir, "workflows", "a.json"), "{}");
    expect(await collect(workspace, 0)).toHaveLength(1);
  });

  test("stays while a process runs that has used it, and goes when that has ended", async () => {
    const workspace = await tempWorkspace();
    const artifacts = await artifactsOf(workspace);
    await artifacts.put(kilobyte(7), { mime: "image/png" });
    // What the process used in its first hour, an hour ago.
    const [owner = ""] = await readdir(join(workspace.stateDir, "users"));
    const hours = Date.now() / 1000 - 7200;
    await utimes(join(workspace.stateDir, "users", owner), hours, hours);
    const [stored] = await storedFiles(workspace);
    await utimes(stored?.path ?? "", hours + 3600, hours + 3600);
    expect(await collect(workspace, 0)).toEqual([]);
    await artifacts.close();
    expect(await collect(workspace, 0)).toHaveLength(1);
  });

  test("goes when the process that used it was killed", async () => {
    const workspace = await tempWorkspace();
    const artifacts = fileArtifacts(workspace);
    await artifacts.put(kilobyte(7), { mime: "image/png" });
    await artifacts.close();
    await age(workspace);
    const other = await idleProcess();
    const mark = join(workspace.stateDir, "users", processOwner(other.pid));
    await writeFile(mark, "");
    await utimes(mark, 0.5, 0.5);
    expect(await collect(workspace, 0)).toEqual([]);
    await other.kill();
    expect(await collect(workspace, 0)).toHaveLength(1);
    expect(await readdir(join(workspace.stateDir, "users"))).toEqual([]);
  });

  test("that was used a minute ago stays", async () => {
    const workspace = await tempWorkspace();
    const artifacts = fileArtifacts(workspace);
    await artifacts.put(kilobyte(7), { mime: "image/png" });
    await artifacts.close();
    expect(await collect(workspace, 0)).toEqual([]);
  });
});
