import type { KeptFiles } from "../checkpoints/kept-files.ts";
import type { Previews } from "./previews.ts";
import { isEnded } from "./run-record.ts";
import type { RunStore } from "./run-store.ts";

const page = 500;

/**
 * Forgets runs that have ended, all but the newest `keep`; pinned ones and those that have not ended stay.
 * @returns how many went
 */
export async function removeOldRuns(
  { store, previews, files }: { readonly store: RunStore; readonly previews: Previews; readonly files: KeptFiles },
  keep: number,
): Promise<number> {
  let seen = 0;
  let removed = 0;
  let before: string | undefined;
  for (;;) {
    const runs = await store.list({ limit: page, ...(before !== undefined && { before }) });
    const old = runs
      .filter(({ status, isPinned }) => isEnded(status) && !isPinned && ++seen > keep)
      .map(({ id }) => id);
    await store.remove(old);
    previews.remove(old);
    for (const run of old) files.end(run);
    removed += old.length;
    if (runs.length < page) return removed;
    before = runs.at(-1)!.id;
  }
}
