import { randomBytes } from "node:crypto";
import { link, open, readdir, rename, rm, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { errno } from "./file-error.ts";

/** How a file is written. */
export interface AtomicOptions {
  /** Permission bits before the umask; default 0o666. */
  readonly mode?: number;
  /** False skips waiting for the disk: after a power cut the file may be empty. Default true. */
  readonly durable?: boolean;
  /** Looks at the open, still empty file, and throws to stop. */
  readonly inspect?: (handle: FileHandle, path: string) => Promise<void>;
}

/** Bytes, or parts of them in order. */
type Content = Uint8Array | readonly Uint8Array[] | AsyncIterable<Uint8Array>;

const temporaryName = /^\.inlay-[0-9a-f]{16}\.tmp$/;

/** Abandoned temporary files are older than any write can take. */
const abandonedAfterMs = 3_600_000;

/** Writes a file whole or not at all, in the place of whatever had its name. */
export async function replaceFile(path: string, bytes: Content, options: AtomicOptions = {}): Promise<void> {
  const temporary = await writeTemporary(path, bytes, options);
  await removeOnFailure(temporary, () => rename(temporary, path));
  if (options.durable !== false) await syncFolder(dirname(path));
}

/**
 * Writes a new file whole or not at all.
 * @returns false, with nothing changed, when something has its name already
 */
export async function createFile(path: string, bytes: Content, options: AtomicOptions = {}): Promise<boolean> {
  const temporary = await writeTemporary(path, bytes, options);
  const created = await removeOnFailure(temporary, () => moveToFreeName(temporary, path));
  if (created && options.durable !== false) await syncFolder(dirname(path));
  return created;
}

/** Removes temporary files that a killed process left in a folder. Never fails. */
export async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((candidate) => temporaryName.test(candidate))) {
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > abandonedAfterMs)
      await rm(path, { force: true, recursive: true }).catch(() => undefined);
  }
}

/**
 * Removes a file if it is useless, judged when nobody can find it under its name any more: so a newer file that another
 * process puts there meanwhile stays, and one that proves useful goes back. Never fails.
 * @returns whether it was removed
 */
export async function removeIf(path: string, isUseless: (aside: string) => Promise<boolean>): Promise<boolean> {
  const aside = temporaryBeside(path);
  try {
    await rename(path, aside);
    if (await isUseless(aside).catch(() => false)) {
      await rm(aside, { force: true, recursive: true });
      return true;
    }
    await moveToFreeName(aside, path);
  } catch {
    // Somebody else was faster, or the system holds on to a file that is open.
  }
  return false;
}

/** A new temporary name beside a file, where a rename cannot cross file systems. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.inlay-${randomBytes(8).toString("hex")}.tmp`);
}

/** Makes sure that the names in a folder survive a power cut, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  // Windows opens no folders, and some network file systems refuse to sync them.
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

/** Removes the temporary file when what is done with it fails. */
export async function removeOnFailure<T>(temporary: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeTemporary(path: string, bytes: Content, options: AtomicOptions): Promise<string> {
  const temporary = temporaryBeside(path);
  const handle = await open(temporary, "wx", options.mode ?? 0o666);
  return removeOnFailure(temporary, async () => {
    try {
      await options.inspect?.(handle, temporary);
      for await (const part of bytes instanceof Uint8Array ? [bytes] : bytes) await handle.appendFile(part);
      if (options.durable !== false) await handle.sync();
    } finally {
      await handle.close();
    }
    return temporary;
  });
}

/** A hard link never replaces a file, as a rename would. */
async function moveToFreeName(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (errno(error) === "EEXIST") {
      await rm(temporary, { force: true });
      return false;
    }
    if (!hasNoLinks(error)) throw error;
    return reserveAndRename(temporary, path);
  }
  await rm(temporary, { force: true });
  return true;
}

/** Such as FAT and some network file systems. */
function hasNoLinks(error: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(errno(error) ?? "");
}

async function reserveAndRename(temporary: string, path: string): Promise<boolean> {
  try {
    await (await open(path, "wx")).close();
  } catch (error) {
    if (errno(error) !== "EEXIST") throw error;
    await rm(temporary, { force: true });
    return false;
  }
  await rename(temporary, path);
  return true;
}
