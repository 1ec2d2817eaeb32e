import type { JobState } from "@inlay/runcomfy";
import type { Kysely } from "kysely";
import { openDatabase } from "../sqlite/open-database.ts";
import { journalError } from "./journal-error.ts";
import { migrations } from "./migrations.ts";
import { whileBusy } from "./while-busy.ts";

/** A row of the table `jobs`. */
export interface JobRow {
  readonly key: string;
  readonly state: JobState;
  readonly attempt: number;
  readonly owner: string;
  readonly provider: string;
  readonly account: string;
  readonly model: string;
  readonly request_id: string | null;
  readonly message: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

/** A row of the table `takes`: the job that an order to buy one once more was given. */
interface TakeRow {
  /** The key of the first job of the same input. */
  readonly key: string;
  readonly ordered_by: string;
  readonly take: number;
}

export interface JournalTables {
  readonly jobs: JobRow;
  readonly takes: TakeRow;
}

/** Opens the journal's file and brings its table up to date. Fails with `journal.unwritable`. */
export async function openJournalDatabase(file: string): Promise<Kysely<JournalTables>> {
  try {
    return (await whileBusy(() => openDatabase<JournalTables>({ file, migrations }))).db;
  } catch (error) {
    throw journalError(file, error);
  }
}
