import { stat } from "node:fs/promises";
import { removeIf } from "../atomic-file.ts";
import { hashesInEntry, keysInEntry } from "../result-cache/hashes-in-entry.ts";
import type { Workspace } from "../workspace.ts";
import { hashesInWorkflows } from "./artifact-references.ts";
import { inUseSince } from "./in-use.ts";
import { keptByRuns } from "./kept-by-runs.ts";
import type { KeptByRuns } from "./kept-by-runs.ts";
import { removeLeftovers, storedFiles } from "./stored-files.ts";
import type { StoredFile } from "./stored-files.ts";

export interface GarbageOptions {
  readonly workspace: Workspace;
  /** Nothing is removed while results and artifacts together have at most so many bytes. */
  readonly above: number;
  /** Else so many may stay. */
  readonly downTo: number;
  /** Whether results that cost money may go when nothing else is left. */
  readonly paid: boolean;
  /** Only says what would go. */
  readonly dryRun?: boolean;
}

/** What was there and what went, files with their sizes. */
export interface GarbageReport {
  /** Before anything went. */
  readonly bytes: number;
  readonly removed: readonly StoredFile[];
}

/** An artifact that was used this recently may belong to a process that has not said so yet. */
const freshMs = 600_000;

/**
 * Makes room in what a workspace keeps: the results not used for longest go, and artifacts that nothing refers to; then,
 * if allowed, results that cost money, also those of jobs that were collected by themselves: their services may still have them.
 *
 * What a run of the server needs that waits, is at work or is pinned stays. An artifact stays while a result or a JSON file
 * of the workspace names it, and while a process runs that may have touched it. A file that somebody uses meanwhile stays; who opened one before it went reads it to its end. Never fails
 * for what other processes do at the same time.
 */
export async function collectGarbage(options: GarbageOptions): Promise<GarbageReport> {
  const { workspace, above, downTo, paid, dryRun = false } = options;
  if (!dryRun) await removeLeftovers(workspace);
  const files = await storedFiles(workspace);
  const bytes = totalSize(files);
  if (bytes <= above) return { bytes, removed: [] };

  const kept = await keptByRuns(workspace);
  if (!kept) return { bytes, removed: [] };
  const needed = await withItems(files, kept);
  const artifacts = await removableArtifacts(workspace, files, needed.hashes);
  const removed: StoredFile[] = [];
  let over = bytes - downTo;
  const remove = async (file: StoredFile): Promise<void> => {
    if (!dryRun && !(await removeIf(file.path, async (aside) => (await stat(aside)).mtimeMs <= file.usedAt))) return;
    removed.push(file);
    over -= file.size;
    if (isResult(file)) for (const freed of artifacts.release(file)) await remove(freed);
  };

  const free = files.filter(({ name }) => !needed.keys.has(name));
  const results = free.filter(({ kind }) => kind === "result");
  const last = paid ? free.filter(({ kind }) => kind === "paid result" || kind === "collected result") : [];
  for (const group of [[...results, ...artifacts.free()], last]) {
    for (const file of group.sort((a, b) => a.usedAt - b.usedAt)) if (over > 0) await remove(file);
  }
  return { bytes, removed };
}

/** A list's result leads to those of its items, and each to the artifacts that it names. */
async function withItems(files: readonly StoredFile[], { keys, hashes }: KeptByRuns): Promise<KeptByRuns> {
  if (keys.size === 0) return { keys, hashes };
  const results = new Map(files.filter(isResult).map((file) => [file.name, file.path]));
  const known = new Set<string>();
  const named = new Set(hashes);
  const open = [...keys];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const path = results.get(key);
    if (known.has(key) || path === undefined) continue;
    known.add(key);
    for (const hash of await hashesInEntry(path)) named.add(hash);
    open.push(...(await keysInEntry(path)));
  }
  return { keys: known, hashes: named };
}

/** Whether it is an entry of the cache, which may name artifacts. */
function isResult({ kind }: StoredFile): boolean {
  return kind === "result" || kind === "paid result";
}

/** The bytes of several files together. */
export function totalSize(files: readonly StoredFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

/** Artifacts that may go, and how many results still refer to each. */
interface RemovableArtifacts {
  /** Those that nothing refers to. */
  free(): readonly StoredFile[];
  /** Those that nothing refers to any more once this result is gone. */
  release(result: StoredFile): readonly StoredFile[];
}

async function removableArtifacts(
  workspace: Workspace,
  files: readonly StoredFile[],
  needed: ReadonlySet<string>,
): Promise<RemovableArtifacts> {
  const horizon = Math.min(await inUseSince(workspace), Date.now() - freshMs);
  const unused = files.filter(({ kind, usedAt }) => kind === "artifact" && usedAt < horizon);
  const named = unused.length === 0 ? new Set<string>() : await hashesInWorkflows(workspace.dir);
  if (unused.length === 0 || !named) return { free: () => [], release: () => [] };

  const artifacts = new Map(
    unused.filter(({ name }) => !named.has(name) && !needed.has(name)).map((file) => [file.name, file]),
  );
  const namedBy = new Map<StoredFile, readonly string[]>();
  const users = new Map<string, number>();
  for (const file of files.filter(isResult)) {
    const hashes = (await hashesInEntry(file.path)).filter((hash) => artifacts.has(hash));
    namedBy.set(file, hashes);
    for (const hash of hashes) users.set(hash, (users.get(hash) ?? 0) + 1);
  }
  const artifactOf = (hash: string): StoredFile[] => [artifacts.get(hash)].filter((file) => file !== undefined);
  return {
    free: () => [...artifacts.values()].filter(({ name }) => !users.get(name)),
    release: (result) =>
      (namedBy.get(result) ?? []).flatMap((hash) => {
        const left = (users.get(hash) ?? 0) - 1;
        users.set(hash, left);
        return left === 0 ? artifactOf(hash) : [];
      }),
  };
}
