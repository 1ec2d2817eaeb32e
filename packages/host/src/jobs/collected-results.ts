import { hash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { replaceFile } from "../atomic-file.ts";
import { isMissing, writeError } from "../file-error.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";

/** The files of a paid job. */
interface CollectedResult {
  readonly requestId: string;
  readonly files: readonly { readonly bytes: Uint8Array; readonly mime: string }[];
  /** US dollars, when the service said it. */
  readonly costUsd?: number;
}

/** What `result.json` says beside the files. */
interface ResultIndex {
  readonly requestId: string;
  readonly costUsd?: number;
  readonly files: readonly { readonly name: string; readonly mime: string; readonly sha256: string }[];
}

/** Results of paid jobs that were collected by themselves, without the run that had ordered them. */
export interface CollectedResults {
  /** Keeps a result; when it resolves, the files are on the disk. Resolves to their paths. */
  put(key: string, result: CollectedResult): Promise<readonly string[]>;
  /** The result of that request, or undefined: never collected, or no longer whole. */
  get(key: string, requestId: string): Promise<CollectedResult | undefined>;
  /** Where its files are; undefined like `get`. */
  paths(key: string, requestId: string): Promise<readonly string[] | undefined>;
}

const keyPattern = /^[0-9a-f]{64}$/;

/** Keeps collected results in `.inlay/collected/<key>/`: the files as they came, and `result.json`, written last. */
export function collectedResults(workspace: Workspace): CollectedResults {
  const folderOf = (key: string): string => join(workspace.stateDir, "collected", key);

  const read = async (key: string, requestId: string): Promise<CollectedResult | undefined> => {
    const index = await readIndex(join(folderOf(key), "result.json"));
    if (index?.requestId !== requestId) return undefined;
    const files: CollectedResult["files"][number][] = [];
    for (const { name, mime, sha256 } of index.files) {
      const bytes = await readFile(join(folderOf(key), name)).catch(() => undefined);
      if (!bytes || hash("sha256", bytes) !== sha256) return undefined;
      files.push({ bytes, mime });
    }
    return { requestId, files, ...(index.costUsd === undefined ? {} : { costUsd: index.costUsd }) };
  };

  return {
    async put(key, { requestId, files, costUsd }) {
      const folder = await makeStateFolder(workspace, "collected", key);
      const named = files.map(({ bytes, mime }, index) => {
        const name = `${index + 1}.${extensionOf(mime)}`;
        return { name, mime, sha256: hash("sha256", bytes), path: join(folder, name), bytes };
      });
      const index: ResultIndex = {
        requestId,
        ...(costUsd === undefined ? {} : { costUsd }),
        files: named.map(({ name, mime, sha256 }) => ({ name, mime, sha256 })),
      };
      try {
        for (const { path, bytes } of named) await replaceFile(path, bytes, { mode: 0o600 });
        const text = `${JSON.stringify(index, null, 2)}\n`;
        await replaceFile(join(folder, "result.json"), Buffer.from(text), { mode: 0o600 });
      } catch (error) {
        throw writeError(folder, error);
      }
      return named.map(({ path }) => path);
    },
    get: async (key, requestId) => (keyPattern.test(key) ? read(key, requestId) : undefined),
    async paths(key, requestId) {
      const index = keyPattern.test(key) ? await readIndex(join(folderOf(key), "result.json")) : undefined;
      if (index?.requestId !== requestId || (await read(key, requestId)) === undefined) return undefined;
      return index.files.map(({ name }) => join(folderOf(key), name));
    },
  };
}

async function readIndex(path: string): Promise<ResultIndex | undefined> {
  try {
    const index: unknown = JSON.parse(await readFile(path, "utf8"));
    return isIndex(index) ? index : undefined;
  } catch (error) {
    // What cannot be read is collected again.
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isIndex(value: unknown): value is ResultIndex {
  if (typeof value !== "object" || value === null || !("requestId" in value) || !("files" in value)) return false;
  const { requestId, files } = value;
  return typeof requestId === "string" && Array.isArray(files) && files.every(isFile);
}

/** A name leads nowhere else. */
function isFile(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { name, mime, sha256 } = value as Record<string, unknown>;
  return (
    typeof name === "string" && /^\d+\.[a-z0-9]+$/.test(name) && typeof mime === "string" && typeof sha256 === "string"
  );
}

function extensionOf(mime: string): string {
  const [, subtype = ""] = mime.split("/");
  return { jpeg: "jpg", quicktime: "mov" }[subtype] ?? (subtype.replaceAll(/[^a-z0-9]/g, "") || "bin");
}
