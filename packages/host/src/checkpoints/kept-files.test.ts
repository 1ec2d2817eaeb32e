import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smallDisk } from "../../test/support/small-disk.ts";
import { tempWorkspace } from "../../test/support/temp-workspace.ts";
import { diskResultCache } from "../result-cache/disk-result-cache.ts";
import { openWorkspace } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { keptFiles } from "./kept-files.ts";
import type { KeptFiles, KeptFilesOptions } from "./kept-files.ts";

const of = { run: "r1", attempt: 1 };
const key = "a".repeat(64);
const pixels = (bytes: number, level = 7) => ({
  image: { kind: "mask", width: bytes, height: 1, data: new Uint8Array(bytes).fill(level) },
});

async function filesIn(workspace: Workspace, run = "r1"): Promise<string[]> {
  return readdir(join(workspace.stateDir, "kept", run)).catch(() => []);
}

async function room(options: Partial<KeptFilesOptions> = {}): Promise<{ files: KeptFiles; workspace: Workspace }> {
  const workspace = options.workspace ?? (await tempWorkspace());
  return { workspace, files: keptFiles({ workspace, maxBytes: 1e9, ...options }) };
}

const write = (files: KeptFiles, bytes: number) => files.write(of, { key, outputs: pixels(bytes), bytes });

test("what was written is read again, by another process too", async () => {
  const { files, workspace } = await room();
  const file = write(files, 20_000_000);
  expect(await file.done).toBe(true);
  const { files: other } = await room({ workspace });
  const { data } = ((await other.read("r1", file.name)) as ReturnType<typeof pixels>).image;
  expect(Buffer.compare(data, pixels(20_000_000).image.data)).toBe(0);
  expect(await other.read("r1", "none")).toBeUndefined();
});

test("what comes as a promise is waited for, and what fails is not kept", async () => {
  const { files, workspace } = await room();
  const later = files.write(of, { key, outputs: Promise.resolve(pixels(10)), bytes: 0 });
  const never = files.write(of, { key, outputs: Promise.reject(new Error("gone")), bytes: 0 });
  expect([await later.done, await never.done]).toEqual([true, false]);
  expect(await filesIn(workspace)).toEqual([later.name]);
});

test("what is dropped leaves nothing, whether it waits, is being written or is whole", async () => {
  const { files, workspace } = await room();
  const all = Array.from({ length: 6 }, () => write(files, 30_000_000));
  const whole = write(files, 10);
  for (const file of all) file.drop();
  await whole.done;
  whole.drop();
  expect(await Promise.all(all.map(({ done }) => done))).toEqual(all.map(() => false));
  await files.idle();
  expect(await filesIn(workspace)).toEqual([]);
});

test("the end of a run removes what is left of it, and of no other", async () => {
  const { files, workspace } = await room();
  await write(files, 10).done;
  const other = files.write({ run: "r2", attempt: 1 }, { key, outputs: pixels(10), bytes: 10 });
  await other.done;
  files.end("r1");
  await files.idle();
  expect(await readdir(join(workspace.stateDir, "kept"))).toEqual(["r2"]);
});

test("what a killed process left goes when the next one begins, but for what its runs name", async () => {
  const { files, workspace } = await room();
  const [named, orphan] = [write(files, 10), write(files, 10)];
  await Promise.all([named.done, orphan.done]);
  await mkdir(join(workspace.stateDir, "kept", "ended"));
  await writeFile(join(workspace.stateDir, "kept", "ended", "x"), "x");
  const { files: next } = await room({ workspace });
  await next.sweep(async (run) => new Set(run === "r1" ? [named.name] : []));
  expect(await readdir(join(workspace.stateDir, "kept"))).toEqual(["r1"]);
  expect(await filesIn(workspace)).toEqual([named.name]);
});

test("a file of before the machine was switched off may be half of one: it is not read", async () => {
  const { files, workspace } = await room();
  const file = write(files, 10);
  await file.done;
  const older = `00000000${file.name.slice(8)}`;
  await rename(join(workspace.stateDir, "kept", "r1", file.name), join(workspace.stateDir, "kept", "r1", older));
  const isLinux = process.platform === "linux";
  expect(await files.read("r1", older)).toEqual(isLinux ? undefined : pixels(10));
});

test("more than the limit is not kept, until something has gone", async () => {
  const { files } = await room({ maxBytes: 50_000 });
  const first = write(files, 40_000);
  expect(await first.done).toBe(true);
  expect(await write(files, 40_000).done).toBe(false);
  files.remove("r1", first.name);
  expect(await write(files, 40_000).done).toBe(true);
});

test("while too much waits for the disk nothing more should be made", async () => {
  const { files } = await room({ maxBytes: 0 });
  expect(files.roomAgain()).toBeUndefined();
  const large = { key, outputs: pixels(10), bytes: 300 * 2 ** 20 };
  const waiting = [files.write(of, large), files.write(of, large), files.write(of, large)];
  await files.roomAgain();
  expect(await Promise.all(waiting.map(({ done }) => done))).toEqual([false, false, false]);
});

test("what a cache keeps has a second name instead of a second file, which outlives it there", async () => {
  const workspace = await tempWorkspace();
  const cache = await diskResultCache({ workspace });
  const { files } = await room({ workspace, linkCached: cache.link });
  // Not yet on disk.
  void cache.set(key, pixels(1000, 9), { ms: 1000, paid: false });
  const file = files.write(of, { key, outputs: pixels(1000, 9), bytes: 1000 });
  expect(await file.done).toBe(true);
  const [part] = await readdir(join(workspace.stateDir, "cache"));
  await rename(join(workspace.stateDir, "cache", part!), join(workspace.dir, "gone"));
  expect(await files.read("r1", file.name)).toEqual(pixels(1000, 9));
  expect(await cache.link("b".repeat(64), join(workspace.dir, "none"))).toBe(false);
});

test("a full disk keeps nothing, leaves nothing half-way, and is told once", async ({ skip }) => {
  const disk = smallDisk() ?? skip("needs the right to mount a small disk");
  const workspace = await openWorkspace({ dir: disk.dir });
  const told: string[] = [];
  const { files } = await room({ workspace, onWarning: ({ code }) => void told.push(code) });
  expect([await write(files, 2_000_000).done, await write(files, 2_000_000).done]).toEqual([false, false]);
  await files.idle();
  expect([told, await filesIn(workspace)]).toEqual([["disk.full"], []]);
  expect(await write(files, 100_000).done).toBe(true);
});
