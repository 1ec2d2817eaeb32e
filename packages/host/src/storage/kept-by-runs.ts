import { access } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace } from "../workspace.ts";

/** What the runs of a workspace's server may need. */
export interface KeptByRuns {
  /** Cache keys of what their nodes gave. */
  readonly keys: ReadonlySet<string>;
  /** Artifacts that their inputs, files and workflows name. */
  readonly hashes: ReadonlySet<string>;
}

const hashPattern = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;
const needed = "status in ('queued', 'running', 'cancelling') or pinned = 1";

/**
 * What runs need that wait, are at work or are pinned: they are in the server's database, also while no server runs.
 * @returns undefined when it cannot be read, so that anything may be needed
 */
export async function keptByRuns({ stateDir }: Workspace): Promise<KeptByRuns | undefined> {
  const file = join(stateDir, "server.sqlite");
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  const keys = new Set<string>();
  const hashes = new Set<string>();
  if (!isThere) return { keys, hashes };
  // Only a workspace with a server waits for SQLite to load.
  const { default: Database } = await import("libsql");
  try {
    const database = new Database(file, { timeout: 10_000 });
    try {
      const texts = database
        .prepare(
          `select data as text from runs where ${needed}
           union all select text from workflows where sha256 in (select workflow from runs where ${needed})`,
        )
        .all() as { text: string }[];
      for (const { text } of texts) for (const [hash] of text.matchAll(hashPattern)) hashes.add(hash);
      const nodes = database
        .prepare(
          `select json_extract(data, '$.key') as key from run_nodes where run in (select id from runs where ${needed})`,
        )
        .all() as { key: string | null }[];
      for (const { key } of nodes) if (key !== null) keys.add(key);
    } finally {
      database.close();
    }
    return { keys, hashes };
  } catch {
    return undefined;
  }
}
