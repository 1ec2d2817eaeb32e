import { EngineError } from "@inlay/engine";
import type Database from "libsql";
import { ownerRuns } from "../process-owner.ts";

/** Where nobody can look a process up, it counts as running while its record is fresh. */
const renewMs = 60_000;

/**
 * Makes this server the only one of its workspace: events are told to those who listen here, so that the runs of another
 * would go unheard. A server that was killed holds nothing.
 *
 * Fails with `workspace.in-use`.
 */
export function holdWorkspace(database: Database.Database, owner: string): { release(): void } {
  database.exec("BEGIN IMMEDIATE");
  try {
    const holder = database.prepare("select owner, at from holder").get() as { owner: string; at: number } | undefined;
    if (holder && ownerRuns(holder.owner, holder.at)) throw inUse(holder.owner);
    database.prepare("insert or replace into holder (id, owner, at) values (1, ?, ?)").run(owner, Date.now());
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
  const renew = database.prepare("update holder set at = ? where owner = ?");
  const timer = setInterval(() => renew.run(Date.now(), owner), renewMs);
  timer.unref();
  return {
    release() {
      clearInterval(timer);
      database.prepare("delete from holder where owner = ?").run(owner);
    },
  };
}

function inUse(owner: string): EngineError {
  return new EngineError({
    code: "workspace.in-use",
    message: `Another server has this workspace open: process ${owner.split(".")[0]}.`,
    suggestion: "Use that one, or stop it first.",
  });
}
