import { readFile, readdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "@inlay/engine";
import type { CachedResult, NodeOutputs, ResultCache } from "@inlay/engine";
import { removeAbandoned, replaceFile } from "../atomic-file.ts";
import { writeError } from "../file-error.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";
import { decodeOutputs, encodableOutputs } from "./encode-outputs.ts";
import { chooseEvictions, entryFile, isKey, listEntries } from "./entry-files.ts";
import type { EntryFile } from "./entry-files.ts";

/** Where results are kept, and how many bytes of them. */
export interface DiskCacheOptions {
  readonly workspace: Workspace;
  /** Default 5 GB. */
  readonly maxBytes?: number;
}

/** A cache whose unpaid writes go on in the background. */
export interface DiskResultCache extends ResultCache {
  get(key: string): undefined | Promise<CachedResult | undefined>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

const defaultMaxBytes = 5e9;

/** An unpaid result must have cost as much to be kept: reading and checking one costs about 1 ms a megabyte. */
const leastMs = 20;
const leastMsPerByte = 5 / 1e6;

/** Unpaid results that wait for the disk beyond this are dropped: memory matters more than a cache. */
const mostPendingBytes = 256 * 2 ** 20;

/**
 * Keeps results in `.inlay/cache`, one file each, for later processes.
 *
 * A paid result is durable when `set` resolves; `set` rejects with `disk.full` or `file.unwritable` when it cannot be,
 * or with `cache.unstorable` when it is nothing that a file can hold. Others are kept when they took at least 20 ms, and
 * 5 ms for each megabyte, to make. Which keys exist is read once, when the cache opens, so that a miss costs no system
 * call. A damaged entry is a miss and is removed. When all entries exceed `maxBytes`, those not used for longest go,
 * paid ones last.
 * @example
 * const cache = layeredCache(memoryCache({ maxBytes: 2 ** 30 }), await diskResultCache({ workspace }));
 */
export async function diskResultCache(options: DiskCacheOptions): Promise<DiskResultCache> {
  const { workspace, maxBytes = defaultMaxBytes } = options;
  const dir = join(workspace.stateDir, "cache");
  const entries = await listEntries(dir);
  const writes = new Set<Promise<void>>();
  let pendingBytes = 0;
  let knownBytes: number | undefined;
  let evicting: Promise<void> = Promise.resolve();

  const evict = async (): Promise<void> => {
    if (knownBytes === undefined) await removeAbandonedIn(dir);
    const { bytes, remove } = await chooseEvictions(entries.values(), maxBytes);
    knownBytes = bytes;
    for (const { file, size } of remove) {
      entries.delete(file.key);
      await rm(file.path, { force: true }).catch(() => undefined);
      knownBytes -= size;
    }
  };

  const write = async (file: EntryFile, bytes: Uint8Array): Promise<void> => {
    await makeStateFolder(workspace, "cache", file.key.slice(0, 2));
    await replaceFile(file.path, bytes, { mode: 0o600, durable: file.paid }).catch((error: unknown) => {
      throw writeError(file.path, error);
    });
    entries.set(file.key, file);
    if (knownBytes !== undefined) knownBytes += bytes.byteLength;
    if (knownBytes === undefined || knownBytes > maxBytes) evicting = evicting.then(evict);
    await evicting;
  };

  const track = (work: Promise<void>, size: number): Promise<void> => {
    pendingBytes += size;
    const done = work.finally(() => {
      pendingBytes -= size;
      writes.delete(done);
    });
    writes.add(done);
    return done;
  };

  const keepPaid = (key: string, outputs: NodeOutputs): Promise<void> => {
    const encodable = encodableOutputs(outputs);
    if (!encodable) return Promise.reject(unstorable());
    return track(write(entryFile(dir, key, true), encodable.encode()), encodable.byteLength);
  };

  return {
    get(key) {
      const file = entries.get(key);
      return file && readEntry(file, () => entries.delete(key));
    },
    set(key, outputs, info) {
      if (!isKey(key)) return undefined;
      if (info.paid) return keepPaid(key, outputs);
      if (entries.has(key) || info.ms < leastMs || pendingBytes > mostPendingBytes) return undefined;
      const encodable = encodableOutputs(outputs);
      if (!encodable || info.ms < leastMsPerByte * encodable.byteLength) return undefined;
      const work = write(entryFile(dir, key, false), encodable.encode());
      return track(
        work.catch(() => undefined),
        encodable.byteLength,
      );
    },
    async idle() {
      await Promise.allSettled(writes);
    },
  };
}

async function readEntry(file: EntryFile, onUseless: () => void): Promise<CachedResult | undefined> {
  const bytes = await readFile(file.path).catch(() => undefined);
  const outputs = bytes && decodeOutputs(bytes);
  if (outputs === undefined) {
    onUseless();
    if (bytes) await rm(file.path, { force: true }).catch(() => undefined);
    return undefined;
  }
  const now = new Date();
  await utimes(file.path, now, now).catch(() => undefined);
  return { outputs, from: "disk" };
}

async function removeAbandonedIn(dir: string): Promise<void> {
  for (const folder of await readdir(dir).catch(() => [])) await removeAbandoned(join(dir, folder));
}

function unstorable(): EngineError {
  return new EngineError({
    code: "cache.unstorable",
    message: "The paid result holds values that cannot be kept on disk.",
    expected: "JSON values, images, masks, files",
  });
}
