import type Database from "libsql";

/**
 * Runs pieces of work in transactions, those of one tick in one: waiting for the disk costs more than all of them. Each is
 * done whole or not at all, and its promise tells when it is on the disk; one that throws undoes no other.
 */
export function groupCommits(database: Database.Database): <T>(work: () => T) => Promise<T> {
  let waiting: { work(): unknown; resolve(result: never): void; reject(error: unknown): void }[] = [];

  const commit = (): void => {
    const group = waiting;
    waiting = [];
    try {
      const results = inTransaction(database, () => group.map(({ work }) => work()));
      for (const [place, { resolve }] of group.entries()) resolve(results[place] as never);
    } catch (error) {
      if (group.length === 1) return group[0]!.reject(error);
      for (const { work, resolve, reject } of group) {
        try {
          resolve(inTransaction(database, work) as never);
        } catch (own) {
          reject(own);
        }
      }
    }
  };

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ work, resolve, reject });
      if (waiting.length === 1) setImmediate(commit);
    });
}

/** Runs work in a transaction of its own; throws, with nothing done, what it throws. */
export function inTransaction<T>(database: Database.Database, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
