import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** One entry of the cache as it lies on disk. */
export interface EntryFile {
  readonly key: string;
  readonly path: string;
  readonly paid: boolean;
}

const entryName = /^([0-9a-f]{64})(\.paid)?$/;

/** The name tells paid entries from others, so that eviction need not open files. */
export function entryFile(dir: string, key: string, paid: boolean): EntryFile {
  return { key, paid, path: join(dir, key.slice(0, 2), paid ? `${key}.paid` : key) };
}

/** Whether a key can be a file's name. */
export function isKey(key: string): boolean {
  return /^[0-9a-f]{64}$/.test(key);
}

/** All entries on disk; none when the folder is absent. Of two with one key, the paid one counts. */
export async function listEntries(dir: string): Promise<Map<string, EntryFile>> {
  const folders = await readdir(dir).catch(() => []);
  const lists = await Promise.all(folders.map((folder) => readdir(join(dir, folder)).catch(() => [])));
  const entries = new Map<string, EntryFile>();
  for (const name of lists.flat()) {
    const [, key, paid] = entryName.exec(name) ?? [];
    if (key !== undefined && !entries.get(key)?.paid) entries.set(key, entryFile(dir, key, paid !== undefined));
  }
  return entries;
}

/**
 * Which entries must go so that at most `maxBytes` stay: the ones not used for longest, and paid ones only when no
 * other is left. Frees a tenth more, so that not every write evicts.
 * @returns the bytes of all entries, and those to remove with their sizes
 */
export async function chooseEvictions(
  entries: Iterable<EntryFile>,
  maxBytes: number,
): Promise<{
  readonly bytes: number;
  readonly remove: readonly { readonly file: EntryFile; readonly size: number }[];
}> {
  const measured = await Promise.all([...entries].map(measure));
  const bytes = measured.reduce((sum, { size }) => sum + size, 0);
  measured.sort((a, b) => Number(a.file.paid) - Number(b.file.paid) || a.usedAt - b.usedAt);
  let over = bytes > maxBytes ? bytes - 0.9 * maxBytes : 0;
  const remove = measured.filter(({ size }) => {
    if (over <= 0) return false;
    over -= size;
    return true;
  });
  return { bytes, remove };
}

async function measure(file: EntryFile): Promise<{ file: EntryFile; size: number; usedAt: number }> {
  const info = await stat(file.path).catch(() => undefined);
  return { file, size: info?.size ?? 0, usedAt: info?.mtimeMs ?? 0 };
}
