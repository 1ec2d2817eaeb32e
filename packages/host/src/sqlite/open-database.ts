import { chmod, lstat, open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import type { Migration } from "kysely";
import Database from "libsql";
import { errno } from "../file-error.ts";

/** Where a database is, and the tables that it has: oldest change first; a change that has been released is never edited. */
export interface DatabaseOptions {
  readonly file: string;
  readonly migrations: Readonly<Record<string, Migration>>;
  /**
   * `FULL` (the default): what a statement has written survives a power cut. `NORMAL`: it survives the process, and a power
   * cut may take the last moments back.
   */
  readonly synchronous?: "FULL" | "NORMAL";
}

/** An open SQLite file: its query builder, and the connection itself, on which a transaction is one synchronous call. */
export interface OpenDatabase<Tables> {
  readonly db: Kysely<Tables>;
  readonly database: Database.Database;
}

/** How long a statement waits for another process that is writing. */
const busyMs = 10_000;

/**
 * Opens a SQLite file, made for its owner's eyes only (0600), and brings its tables up to date.
 *
 * Throws what file system and SQLite throw. Import this file only when a database is needed: SQLite and its query builder
 * take a tenth of a second to load, and most runs of the command need neither.
 */
export async function openDatabase<Tables>(options: DatabaseOptions): Promise<OpenDatabase<Tables>> {
  const { file, migrations, synchronous = "FULL" } = options;
  await makePrivate(file);
  const database = new Database(file, { timeout: busyMs });
  try {
    await withRetries(() => database.exec("PRAGMA journal_mode = WAL"));
    database.exec(`PRAGMA synchronous = ${synchronous}; PRAGMA busy_timeout = ${busyMs}`);
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    const provider = { getMigrations: async () => ({ ...migrations }) };
    const migrator = new Migrator({ db, provider, disableTransactions: true });
    await inTransaction(database, async () => {
      const { error } = await migrator.migrateToLatest();
      if (error !== undefined) throw error;
    });
    return { db, database };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite gives its other files the permissions of the first. */
async function makePrivate(file: string): Promise<void> {
  try {
    await (await open(file, "wx", 0o600)).close();
  } catch (error) {
    // Opening the file here, too, would drop the locks that SQLite holds on it in this process.
    if (errno(error) !== "EEXIST") throw error;
    const info = await lstat(file);
    if (!info.isFile()) throw new Error("it is a link or a folder");
    if ((info.mode & 0o077) !== 0) await chmod(file, 0o600);
  }
}

/** Switching to WAL does not wait for the busy timeout. */
async function withRetries(work: () => void): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (attempt === 100 || !errno(error)?.startsWith("SQLITE_BUSY")) throw error;
      await sleep(20);
    }
  }
}

/** Two processes that open a new file at once must not both make its tables; the migrator's own lock is no lock. */
async function inTransaction(database: Database.Database, work: () => Promise<void>): Promise<void> {
  database.exec("BEGIN IMMEDIATE");
  try {
    await work();
    database.exec("COMMIT");
  } catch (error) {
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
