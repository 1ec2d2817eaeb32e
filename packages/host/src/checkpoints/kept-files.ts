import { open, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorData } from "@inlay/engine";
import type { ErrorData, NodeOutputs } from "@inlay/engine";
import { writeError } from "../file-error.ts";
import { bootMark } from "../process-owner.ts";
import { decodeOutputs, encodableOutputs } from "../result-cache/encode-outputs.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { writeQueue } from "./write-queue.ts";

/** A file that is being written, or has been. */
interface KeptFile {
  readonly name: string;
  /** Resolves when it is whole, or when it never will be. Never fails. */
  readonly done: Promise<boolean>;
  /** It is not needed: not begun, left half-way, or removed. */
  drop(): void;
}

/** Large results of runs as files, for a process after this one. */
export interface KeptFiles {
  /** Writes in the background what an attempt of a run has made, or links to where a cache keeps the same. */
  write(of: { readonly run: string; readonly attempt: number }, made: MadeResult): KeptFile;
  /** Undefined when it is gone, or may not be whole because the machine has been switched off. */
  read(run: string, name: string): Promise<NodeOutputs | undefined>;
  remove(run: string, name: string): void;
  /** The run needs nothing any more. */
  end(run: string): void;
  /** Removes what killed processes have left: of each run all but the files that it still names. To be called before any is written. */
  sweep(named: (run: string) => Promise<ReadonlySet<string>>): Promise<void>;
  /** Resolves when less waits for the disk; undefined when more may. */
  roomAgain(): Promise<void> | undefined;
  /** Resolves when nothing is being written or removed. */
  idle(): Promise<void>;
}

interface MadeResult {
  readonly key: string;
  readonly outputs: NodeOutputs | Promise<NodeOutputs>;
  /** About how many bytes the outputs hold. */
  readonly bytes: number;
}

export interface KeptFilesOptions {
  readonly workspace: Workspace;
  /** Of all runs together; what comes beyond is not kept. */
  readonly maxBytes: number;
  /** Links a result that a cache keeps under another name; false when it has none. */
  readonly linkCached?: ((key: string, path: string) => Promise<boolean>) | undefined;
  /** Told once about a disk that cannot keep them. */
  readonly onWarning?: (problem: ErrorData) => void;
}

const folderName = "kept";
/** Pixels that wait for the disk: with more, runs start nothing new. */
const limits = { atOnce: 2, bytes: 256 * 2 ** 20 };
/** Written at a time, so that what is dropped meanwhile stops soon. */
const sliceBytes = 8 * 2 ** 20;

/**
 * Keeps results in `.inlay/kept/<run>`. A file has no checksum: it counts from the moment that the run's database names it,
 * which is after it was written, and only until the machine is switched off, since nobody waits for the disk.
 */
export function keptFiles({ workspace, maxBytes, linkCached, onWarning }: KeptFilesOptions): KeptFiles {
  const root = join(workspace.stateDir, folderName);
  const boot = bootMark();
  const queue = writeQueue(limits);
  const sizes = new Map<string, number>();
  const busy = new Set<Promise<unknown>>();
  let keptBytes = 0;
  let count = 0;
  let isWarned = false;

  const track = (work: Promise<unknown>): void => {
    const done = work.catch(() => undefined).finally(() => busy.delete(done));
    busy.add(done);
  };
  const resize = (path: string, bytes: number): void => {
    keptBytes += bytes - (sizes.get(path) ?? 0);
    if (bytes > 0) sizes.set(path, bytes);
    else sizes.delete(path);
  };
  const forget = (path: string): void => {
    resize(path, 0);
    track(rm(path, { force: true }));
  };

  const save = async (run: string, path: string, made: MadeResult, signal: AbortSignal): Promise<boolean> => {
    try {
      if (signal.aborted) return false;
      await makeStateFolder(workspace, folderName, run);
      if (await linkCached?.(made.key, path)) return true;
      const encoded = encodableOutputs(await made.outputs);
      if (!encoded || keptBytes + encoded.byteLength > maxBytes) return false;
      resize(path, encoded.byteLength);
      return await writeNew(path, encoded.encode(false), { signal, isSynced: boot === undefined });
    } catch (error) {
      if (!isWarned) onWarning?.(errorData(writeError(path, error)));
      isWarned = true;
      return false;
    }
  };

  return {
    write({ run, attempt }, made) {
      const name = `${boot ?? "synced"}-${attempt}-${++count}`;
      const path = join(root, run, name);
      const dropping = new AbortController();
      const { signal } = dropping;
      // It waits its turn, and may be dropped before.
      if (made.outputs instanceof Promise) made.outputs.catch(() => undefined);
      let isDone = false;
      const work = (): Promise<boolean> => save(run, path, made, signal);
      const done = queue.add({ bytes: made.bytes, work }, signal).then((isWritten) => {
        isDone = true;
        if (!isWritten) forget(path);
        return isWritten;
      });
      track(done);
      return {
        name,
        done,
        drop() {
          if (isDone && !signal.aborted) forget(path);
          dropping.abort();
        },
      };
    },
    async read(run, name) {
      if (boot !== undefined && !name.startsWith(`${boot}-`)) return undefined;
      const bytes = await readFile(join(root, run, name)).catch(() => undefined);
      return bytes && decodeOutputs(bytes, true);
    },
    remove: (run, name) => forget(join(root, run, name)),
    end(run) {
      const folder = join(root, run);
      for (const path of sizes.keys()) if (path.startsWith(join(folder, "/"))) resize(path, 0);
      track(rm(folder, { recursive: true, force: true }));
    },
    async sweep(named) {
      for (const run of await namesIn(root)) {
        const kept = await named(run);
        if (kept.size === 0) await remove(join(root, run));
        for (const name of kept.size === 0 ? [] : await namesIn(join(root, run))) {
          const path = join(root, run, name);
          if (kept.has(name)) resize(path, (await stat(path).catch(() => undefined))?.size ?? 0);
          else await remove(path);
        }
      }
    },
    roomAgain: queue.roomAgain,
    async idle() {
      while (busy.size > 0) await Promise.all(busy);
    },
  };
}

/** False when it was dropped meanwhile. */
async function writeNew(
  path: string,
  parts: readonly Uint8Array[],
  { signal, isSynced }: { readonly signal: AbortSignal; readonly isSynced: boolean },
): Promise<boolean> {
  const file = await open(path, "wx", 0o600);
  try {
    for (const part of parts) {
      for (let at = 0; at < part.byteLength;) {
        if (signal.aborted) return false;
        at += (await file.write(part, at, Math.min(sliceBytes, part.byteLength - at))).bytesWritten;
      }
    }
    if (isSynced) await file.sync();
    return true;
  } finally {
    await file.close();
  }
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true }).catch(() => undefined);
