import { createHash, hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { FileAccess, FileRef, RunServices } from "@inlay/engine";
import type { FileArtifactStore } from "./artifacts.ts";
import { openInside, similarSibling } from "./confine.ts";
import { fileError, isMissing, readError } from "./file-error.ts";
import { folderLister } from "./list-folder.ts";
import { outputWriter } from "./output-folder.ts";
import { openStatCache, signature } from "./stat-cache.ts";
import type { StatCache } from "./stat-cache.ts";
import { isUrl, urlFiles } from "./url/url-files.ts";
import type { UrlFiles } from "./url/url-files.ts";
import type { Workspace } from "./workspace.ts";

/** The files of one workspace, for all its runs. */
export interface WorkspaceFiles {
  readonly resolveFile: RunServices["resolveFile"];
  readonly resolveAsset: RunServices["resolveAsset"];
  /**
   * Takes in a file that the *caller* named, anywhere on the machine, as an artifact: a later change of the file does
   * not change the run. Never call it with a path from a workflow.
   * @param path absolute or relative to the current folder, or an https URL
   */
  importCallerFile(path: string): Promise<FileRef>;
  readonly access: FileAccess;
  /** Keeps what was learnt about files for the next process. */
  close(): Promise<void>;
}

/** The most bytes that Node reads into one piece of memory. */
const largestFile = 2 ** 31 - 1;

type Asset = Parameters<RunServices["resolveAsset"]>[0];

/**
 * Finds, hashes and reads the files that workflows and callers name, and writes results.
 *
 * Reading checks that the content still has the hash that it was resolved with and fails with `file.changed` otherwise.
 * A URL is fetched whenever it is asked for, which is once a run; its content is an artifact, so that it enters keys by its
 * hash. All errors are `file.*`, `url.*` or `disk.full`.
 */
export function workspaceFiles(
  workspace: Workspace,
  artifacts: FileArtifactStore,
  web: UrlFiles = urlFiles(artifacts),
): WorkspaceFiles {
  const places = new Map<string, Set<string>>();
  let statCache: Promise<StatCache> | undefined;

  const resolveFile = async (path: string, signal?: AbortSignal): Promise<FileRef> => {
    if (isUrl(path)) return web.import(path, signal);
    statCache ??= openStatCache(workspace);
    const ref = await hashInside(workspace.dir, path, await statCache);
    places.set(ref.sha256, (places.get(ref.sha256) ?? new Set()).add(path));
    return ref;
  };

  return {
    resolveFile,
    resolveAsset: (asset) => resolveAsset(asset, artifacts, resolveFile),
    importCallerFile: (path) => (isUrl(path) ? web.import(path) : importFile(path, artifacts)),
    access: {
      async read(file, signal) {
        for (const path of places.get(file.sha256) ?? []) {
          const bytes = await readInside(workspace.dir, path, signal).catch(() => undefined);
          signal?.throwIfAborted();
          if (bytes && hash("sha256", bytes) === file.sha256) return bytes;
        }
        if (await artifacts.has(file.sha256)) return artifacts.get(file.sha256);
        throw gone(file, places.get(file.sha256) ?? []);
      },
      list: folderLister(workspace, resolveFile),
      write: outputWriter(workspace.outDir),
    },
    async close() {
      await Promise.all([web.close(), statCache?.then((cache) => cache.save())]);
    },
  };
}

async function hashInside(root: string, path: string, statCache: StatCache): Promise<FileRef> {
  const { handle } = await openInside(root, path);
  try {
    const before = await handle.stat({ bigint: true });
    requireReadable(path, Number(before.size));
    const sha256 = statCache.get(before) ?? (await hashHandle(handle));
    const after = await handle.stat({ bigint: true });
    if (signature(before) === signature(after)) statCache.set(after, sha256);
    return { kind: "file", name: basename(path), sha256, size: Number(after.size) };
  } catch (error) {
    throw readError(path, error);
  } finally {
    await handle.close();
  }
}

/** Said before gigabytes are hashed or copied in vain. */
function requireReadable(path: string, size: number): void {
  if (size <= largestFile) return;
  const message = `\`${path}\` is larger than the 2 GiB that can be read.`;
  throw fileError("file.too-large", { path, message, expected: "at most 2 GiB" });
}

async function hashHandle(handle: FileHandle): Promise<string> {
  const digest = createHash("sha256");
  const pieces = handle.createReadStream({ autoClose: false, start: 0, highWaterMark: 2 ** 20 });
  for await (const piece of pieces) digest.update(piece as Buffer);
  return digest.digest("hex");
}

async function readInside(root: string, path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const { handle } = await openInside(root, path);
  try {
    return await handle.readFile(signal ? { signal } : {});
  } finally {
    await handle.close();
  }
}

async function importFile(path: string, artifacts: FileArtifactStore): Promise<FileRef> {
  const { sha256, size } = await artifacts.putStream(callerFile(path), { mime: "application/octet-stream" });
  return { kind: "file", name: basename(path), sha256, size };
}

async function* callerFile(path: string): AsyncGenerator<Uint8Array> {
  try {
    const info = await stat(path);
    // A pipe is what a shell's `<(command)` gives; a device such as /dev/zero may never end.
    if (!info.isFile() && !info.isFIFO()) {
      throw fileError("file.not-a-file", { path, message: `\`${path}\` is a folder or a device, not a file.` });
    }
    requireReadable(path, info.size);
    let size = 0;
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) {
      size += (piece as Buffer).length;
      requireReadable(path, size);
      yield piece as Buffer;
    }
  } catch (error) {
    throw isMissing(error) ? await noCallerFile(path) : readError(path, error);
  }
}

async function noCallerFile(path: string): Promise<Error> {
  const where = isAbsolute(path) ? "" : ` in the current folder \`${process.cwd()}\``;
  const close = await similarSibling(path);
  const suggestion = close === undefined ? {} : { suggestion: `Did you mean \`${join(dirname(path), close)}\`?` };
  return fileError("file.not-found", { path, message: `There is no file \`${path}\`${where}.`, ...suggestion });
}

async function resolveAsset(
  { sha256, name, data, path }: Asset,
  artifacts: FileArtifactStore,
  resolveFile: (path: string) => Promise<FileRef>,
): Promise<FileRef> {
  if (data === undefined && path === undefined) {
    const size = (await artifacts.get(sha256)).byteLength;
    return { kind: "file", name, sha256, size };
  }
  const found =
    data === undefined
      ? await resolveFile(path ?? "")
      : await artifacts.put(Buffer.from(data, "base64"), { mime: "application/octet-stream" });
  if (found.sha256 === sha256) return { kind: "file", name, sha256, size: found.size };
  throw fileError("file.bad-asset", {
    path: path ?? name,
    message: `The content of the asset \`${name}\` does not have the SHA-256 that it is filed under.`,
    expected: sha256,
  });
}

function gone(file: FileRef, paths: Iterable<string>): Error {
  const [path] = paths;
  if (path === undefined) {
    const message = `The content of \`${file.name}\` is not in the workspace.`;
    return fileError("file.not-found", { path: file.name, message });
  }
  const message = `\`${path}\` was changed or removed after the run had started.`;
  return fileError("file.changed", { path, message, suggestion: "Run again." });
}
