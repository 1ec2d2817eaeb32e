import { statSync } from "node:fs";
import { stat, utimes } from "node:fs/promises";
import { listEntries } from "./entry-files.ts";
import type { EntryFile } from "./entry-files.ts";

/** Which entries there are, whichever process wrote them, without a system call for each look-up. */
export interface EntryIndex {
  get(key: string): EntryFile | undefined;
  /** Another process has written since the entries were listed. Looks at most once a second. */
  isStale(): boolean;
  /** Lists the entries again. */
  refresh(): Promise<void>;
  /** Writes an entry by `write`, knows it from then on, and tells other processes. */
  add(entry: EntryFile, write: () => Promise<void>): Promise<void>;
  delete(key: string): void;
}

const lookEveryMs = 1000;

/** Lists the entries of a folder. Who adds one sets the folder's time, and so others see that there is something new. */
export async function entryIndex(dir: string): Promise<EntryIndex> {
  let entries = new Map<string, EntryFile>();
  let seen: number | undefined;
  let lookedAt = 0;
  let hasNews = false;

  const changedAt = async (): Promise<number | undefined> => (await stat(dir).catch(() => undefined))?.mtimeMs;
  const refresh = async (): Promise<void> => {
    // Before the listing: what is written during it is news again.
    seen = await changedAt();
    lookedAt = performance.now();
    hasNews = false;
    entries = byKey(await listEntries(dir));
  };
  await refresh();

  return {
    get: (key) => entries.get(key),
    isStale() {
      if (!hasNews && performance.now() - lookedAt >= lookEveryMs) {
        lookedAt = performance.now();
        hasNews = statSync(dir, { throwIfNoEntry: false })?.mtimeMs !== seen;
      }
      return hasNews;
    },
    refresh,
    async add(entry, write) {
      hasNews ||= (await changedAt()) !== seen;
      await write();
      entries.set(entry.key, entry);
      // With a part of chance, so that two processes never set one time.
      const now = (Date.now() + Math.random()) / 1000;
      await utimes(dir, now, now).catch(() => undefined);
      seen = await changedAt();
    },
    delete: (key) => void entries.delete(key),
  };
}

/** Of two entries with one key, the paid one counts. */
function byKey(list: readonly EntryFile[]): Map<string, EntryFile> {
  const entries = new Map<string, EntryFile>();
  for (const entry of list) if (!entries.get(entry.key)?.paid) entries.set(entry.key, entry);
  return entries;
}
