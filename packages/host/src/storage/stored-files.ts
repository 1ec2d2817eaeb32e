import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { removeAbandoned } from "../atomic-file.ts";
import { listEntries } from "../result-cache/entry-files.ts";
import type { Workspace } from "../workspace.ts";

/** A result or an artifact as it lies on disk. */
export interface StoredFile {
  /** A collected result is the folder of a paid job's files that were fetched without the run that had ordered them. */
  readonly kind: "result" | "paid result" | "collected result" | "artifact";
  /** The cache key of a result, the job's key of a collected one, the SHA-256 of an artifact. */
  readonly name: string;
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970; each use sets the file's time of change. */
  readonly usedAt: number;
}

const hashPattern = /^[0-9a-f]{64}$/;

/** All results and artifacts of a workspace, whichever process wrote them. Removes what killed processes left half-written. */
export async function storedFiles({ stateDir }: Workspace): Promise<readonly StoredFile[]> {
  const [results, artifacts, collected] = await Promise.all([
    listEntries(join(stateDir, "cache")),
    listArtifacts(join(stateDir, "artifacts")),
    listCollected(join(stateDir, "collected")),
  ]);
  const found = await Promise.all([
    ...results.map(({ key, path, paid }) => measure(paid ? "paid result" : "result", key, path)),
    ...artifacts.map(({ name, path }) => measure("artifact", name, path)),
  ]);
  return [...found.filter((file) => file !== undefined), ...collected];
}

/** Removes half-written files that killed processes left. */
export async function removeLeftovers({ stateDir }: Workspace): Promise<void> {
  for (const store of ["cache", "artifacts", "collected"]) {
    const folder = join(stateDir, store);
    await removeAbandoned(folder);
    for (const part of await readdir(folder).catch(() => [])) await removeAbandoned(join(folder, part));
  }
}

async function listCollected(dir: string): Promise<readonly StoredFile[]> {
  const keys = (await readdir(dir).catch(() => [])).filter((name) => hashPattern.test(name));
  return Promise.all(
    keys.map(async (name) => {
      const path = join(dir, name);
      const names = await readdir(path).catch(() => []);
      const infos = await Promise.all(names.map((each) => stat(join(path, each)).catch(() => undefined)));
      const size = infos.reduce((sum, info) => sum + (info?.size ?? 0), 0);
      const usedAt = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
      return { kind: "collected result", name, path, size, usedAt } as const;
    }),
  );
}

async function listArtifacts(dir: string): Promise<{ readonly name: string; readonly path: string }[]> {
  const folders = await readdir(dir).catch(() => []);
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(join(dir, folder)).catch(() => []);
      return names.filter((name) => hashPattern.test(name)).map((name) => ({ name, path: join(dir, folder, name) }));
    }),
  );
  return lists.flat();
}

async function measure(kind: StoredFile["kind"], name: string, path: string): Promise<StoredFile | undefined> {
  const info = await stat(path).catch(() => undefined);
  return info?.isFile() ? { kind, name, path, size: info.size, usedAt: info.mtimeMs } : undefined;
}
