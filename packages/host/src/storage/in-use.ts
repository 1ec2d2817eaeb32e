import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ownerRuns, processOwner } from "../process-owner.ts";
import { makeStateFolder } from "../workspace.ts";
import type { Workspace } from "../workspace.ts";

/** Tells other processes that this one uses what the workspace keeps: what it has touched since is not removed. */
export interface UseMark {
  /** Before anything is touched. Writes once and never fails. */
  set(): Promise<void>;
  release(): Promise<void>;
}

const folderName = "users";

/** One whose owner nobody can look up, such as a process in another container, counts as running for a day. */
const doubtMs = 86_400_000;

/** Makes a mark, which stands as a file `.inlay/users/<process>` while the process runs. */
export function useMark(workspace: Workspace): UseMark {
  const owner = processOwner(process.pid);
  const file = join(workspace.stateDir, folderName, owner);
  let written: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    await makeStateFolder(workspace, folderName);
    await writeFile(file, "", { mode: 0o600 });
  };
  return {
    set: () => (written ??= write().catch(() => undefined)),
    async release() {
      await written;
      if (written) await rm(file, { force: true }).catch(() => undefined);
      written = undefined;
    },
  };
}

/** When the first of the processes began that still use the workspace, in milliseconds since 1970; now when none does. */
export async function inUseSince({ stateDir }: Workspace): Promise<number> {
  const folder = join(stateDir, folderName);
  let first = Date.now();
  for (const owner of await readdir(folder).catch(() => [])) {
    const began = (await stat(join(folder, owner)).catch(() => undefined))?.mtimeMs;
    if (began === undefined) continue;
    const isRecent = Date.now() - began < doubtMs;
    if (ownerRuns(owner, isRecent ? Date.now() : began)) first = Math.min(first, began);
    else await rm(join(folder, owner), { force: true }).catch(() => undefined);
  }
  return first;
}
