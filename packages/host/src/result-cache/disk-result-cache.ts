import { link, readFile, utimes } from "node:fs/promises";
import { join } from "node:path";
import { EngineError, errorData } from "@inlay/engine";
import type { CachedResult, ErrorData, NodeOutputs, ResultCache } from "@inlay/engine";
import { removeIf, replaceFile } from "../atomic-file.ts";
import { writeError } from "../file-error.ts";
import { storageBudget } from "../storage/storage-budget.ts";
import { formatByteSize } from "../byte-size.ts";
import { defaultCacheBytes } from "../user-config.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { decodeOutputs, encodableOutputs } from "./encode-outputs.ts";
import type { EncodableOutputs } from "./encode-outputs.ts";
import { entryFile, isKey } from "./entry-files.ts";
import type { EntryFile } from "./entry-files.ts";
import { entryIndex } from "./entry-index.ts";

/** Where results are kept, and how many bytes of them. */
export interface DiskCacheOptions {
  readonly workspace: Workspace;
  /** Of results and artifacts together. Default 5 GB. */
  readonly maxBytes?: number;
  /** Told once when results that only take time to make again cannot be kept, such as on a full disk. */
  readonly onWarning?: (problem: ErrorData) => void;
}

/** A cache whose unpaid writes go on in the background. */
export interface DiskResultCache extends ResultCache {
  get(key: string): undefined | Promise<CachedResult | undefined>;
  /** Gives a result that is kept, or being written, a second name; false when it has none. */
  link(key: string, path: string): Promise<boolean>;
  /** Something else was stored in the workspace, which counts against the same size. */
  stored(bytes: number): void;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

/** An unpaid result must have cost as much to be kept: reading and checking one costs about 1 ms a megabyte. */
const leastMs = 20;
const leastMsPerByte = 5 / 1e6;

/** Unpaid results that wait for the disk beyond this are dropped: memory matters more than a cache. */
const mostPendingBytes = 64 * 2 ** 20;

/**
 * Keeps results in `.inlay/cache`, one file each, for this and all other processes.
 *
 * A paid result is durable when `set` resolves; `set` rejects with `disk.full` or `file.unwritable` when it cannot be,
 * or with `cache.unstorable` when it is nothing that a file can hold. Others are kept when they took at least 20 ms, and
 * 5 ms for each megabyte, to make; one that cannot be written is not kept, and a warning says so once.
 *
 * Which keys exist is read once, when the cache opens, and again when another process has written, so that a miss costs
 * no system call. Entries are written whole and checked when they are read: a damaged one, or one that another process
 * removes at that moment, is a miss. When results and artifacts exceed `maxBytes`, those not used for longest go, and paid
 * ones never by themselves: `collectGarbage` says how. A warning says once that what stays is too much.
 * @example
 * const cache = layeredCache(memoryCache({ maxBytes: 2 ** 30 }), await diskResultCache({ workspace }));
 */
export async function diskResultCache(options: DiskCacheOptions): Promise<DiskResultCache> {
  const { workspace, maxBytes = defaultCacheBytes } = options;
  const dir = join(workspace.stateDir, "cache");
  const index = await entryIndex(dir);
  const budget = storageBudget({
    workspace,
    maxBytes,
    onFull: (bytes) => options.onWarning?.(tooMuch(bytes, maxBytes)),
    onRemoved: (removed) => removed.forEach(({ name, path }) => index.get(name)?.path === path && index.delete(name)),
  });
  const warn = once(options.onWarning);
  const writes = new Map<Promise<void>, string>();
  let pendingBytes = 0;
  let refreshing: Promise<void> | undefined;

  const write = async (file: EntryFile, { byteLength, encode }: EncodableOutputs): Promise<void> => {
    try {
      await index.add(file, async () => {
        await makeStateFolder(workspace, "cache", file.key.slice(0, 2));
        await replaceFile(file.path, encode(), { mode: 0o600, durable: file.paid });
      });
    } catch (error) {
      throw writeError(file.path, error);
    }
    budget.added(byteLength);
  };

  const writePaid = async (file: EntryFile, encodable: EncodableOutputs): Promise<void> => {
    try {
      await write(file, encodable);
    } catch (error) {
      if (errorData(error).code !== "disk.full") throw error;
      await budget.makeRoom(encodable.byteLength);
      await write(file, encodable);
    }
  };

  const track = (key: string, work: Promise<void>, { byteLength }: EncodableOutputs): Promise<void> => {
    pendingBytes += byteLength;
    const done = work.finally(() => {
      pendingBytes -= byteLength;
      writes.delete(done);
    });
    writes.set(done, key);
    return done;
  };

  const keepPaid = (key: string, outputs: NodeOutputs): Promise<void> => {
    const encodable = encodableOutputs(outputs);
    if (!encodable) return Promise.reject(unstorable());
    return track(key, writePaid(entryFile(dir, key, true), encodable), encodable);
  };

  const read = (file: EntryFile): Promise<CachedResult | undefined> => readEntry(file, () => index.delete(file.key));

  const lookAgain = async (key: string): Promise<CachedResult | undefined> => {
    await (refreshing ??= index.refresh().finally(() => (refreshing = undefined)));
    const file = index.get(key);
    return file && read(file);
  };

  return {
    get(key) {
      const file = index.get(key);
      if (file) return read(file);
      return refreshing || index.isStale() ? lookAgain(key) : undefined;
    },
    async where(key) {
      if (!index.get(key) && (refreshing || index.isStale()))
        await (refreshing ??= index.refresh().finally(() => (refreshing = undefined)));
      return index.get(key) && "disk";
    },
    set(key, outputs, info) {
      if (!isKey(key)) return undefined;
      if (info.paid) return keepPaid(key, outputs);
      const isThere = index.get(key) !== undefined;
      // One that is out of date is replaced, however cheap the new one was to make.
      const isDear = (bytes: number): boolean => info.ms >= leastMs && info.ms >= leastMsPerByte * bytes;
      if (isThere ? !info.replaces : !isDear(0)) return undefined;
      const encodable = encodableOutputs(outputs);
      if (!encodable || pendingBytes > mostPendingBytes || !(isThere || isDear(encodable.byteLength))) return undefined;
      return track(key, write(entryFile(dir, key, false), encodable).catch(warn), encodable);
    },
    async link(key, path) {
      await Promise.allSettled([...writes].flatMap(([work, written]) => (written === key ? [work] : [])));
      const file = index.get(key);
      return (
        file !== undefined &&
        link(file.path, path).then(
          () => true,
          () => false,
        )
      );
    },
    stored: (bytes) => budget.added(bytes),
    async idle() {
      await Promise.allSettled(writes.keys());
      await budget.idle();
    },
  };
}

async function readEntry(file: EntryFile, onUseless: () => void): Promise<CachedResult | undefined> {
  const outputs = await readOutputs(file.path);
  if (outputs === undefined) {
    onUseless();
    // Another process may have written a good one in its place by now.
    await removeIf(file.path, async (aside) => (await readOutputs(aside)) === undefined);
    return undefined;
  }
  const now = new Date();
  await utimes(file.path, now, now).catch(() => undefined);
  return { outputs, from: "disk" };
}

async function readOutputs(path: string): Promise<NodeOutputs | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && decodeOutputs(bytes);
}

function once(tell: ((problem: ErrorData) => void) | undefined): (error: unknown) => void {
  let told = false;
  return (error) => {
    if (!told) tell?.(errorData(error));
    told = true;
  };
}

function tooMuch(bytes: number, maxBytes: number): ErrorData {
  return {
    code: "cache.full",
    message: `Paid results, and files that are in use, take ${formatByteSize(bytes)} of the ${formatByteSize(maxBytes)} that may be kept; they stay.`,
    suggestion: "`inlay gc --paid` removes those not used for longest; `cacheSize` in your configuration allows more.",
  };
}

function unstorable(): EngineError {
  return new EngineError({
    code: "cache.unstorable",
    message: "The paid result holds values that cannot be kept on disk.",
    expected: "JSON values, images, masks, files",
  });
}
