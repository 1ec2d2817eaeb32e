import type { BigIntStats } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "./atomic-file.ts";
import { makeStateFolder } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** Remembers the hash of files that have not changed since they were hashed. */
export interface StatCache {
  get(stats: BigIntStats): string | undefined;
  set(stats: BigIntStats, sha256: string): void;
  /** Keeps it for the next process, if there is anything new. Never fails: it is only a cache. */
  save(): Promise<void>;
}

const largest = 4096;

/** A file that changed this recently may change again without its times showing it, on coarse file systems. */
const settledAfterMs = 2000;

/** The workspace's memory of file hashes, from `.inlay/stat-cache.json`; empty when that is absent or damaged. */
export async function openStatCache(workspace: Workspace): Promise<StatCache> {
  const path = join(workspace.stateDir, "stat-cache.json");
  const entries = new Map(await readEntries(path));
  let changed = false;

  return {
    get: (stats) => entries.get(signature(stats)),
    set(stats, sha256) {
      if (Date.now() - Number(stats.ctimeMs) < settledAfterMs) return;
      entries.set(signature(stats), sha256);
      changed = true;
    },
    async save() {
      if (!changed) return;
      const newest = Object.fromEntries([...entries].slice(-largest));
      const bytes = Buffer.from(JSON.stringify(newest));
      await makeStateFolder(workspace)
        .then(() => replaceFile(path, bytes, { mode: 0o600, durable: false }))
        .catch(() => undefined);
      changed = false;
    },
  };
}

/** Tells one state of a file from every other: its identity, size and times in nanoseconds. */
export function signature({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`;
}

async function readEntries(path: string): Promise<[string, string][]> {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, "utf8"));
    return Object.entries(parsed ?? {}).filter((entry): entry is [string, string] => isHash(entry[1]));
  } catch {
    return [];
  }
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
