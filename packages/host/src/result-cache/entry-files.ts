import { readdir } from "node:fs/promises";
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

/** All entries on disk; none when the folder is absent. A key may have two, of which one is paid. */
export async function listEntries(dir: string): Promise<EntryFile[]> {
  const folders = await readdir(dir).catch(() => []);
  const lists = await Promise.all(folders.map((folder) => readdir(join(dir, folder)).catch(() => [])));
  return lists.flat().flatMap((name) => {
    const [, key, paid] = entryName.exec(name) ?? [];
    return key === undefined ? [] : [entryFile(dir, key, paid !== undefined)];
  });
}
