import { canForget, canMove, holdsKey } from "@inlay/runcomfy";
import type { JobClaim, JobClaimed, JobJournal, JobRecord, JobState } from "@inlay/runcomfy";
import type { Kysely } from "kysely";
import { openJournalDatabase } from "./journal-database.ts";
import type { JobRow, JournalTables } from "./journal-database.ts";
import { journalError } from "./journal-error.ts";
import { takesIn, type Takes } from "./takes.ts";
import { whileBusy } from "./while-busy.ts";
import { ownerRuns, processOwner } from "../process-owner.ts";

/** A journal that holds a file open. */
export interface SqliteJournal extends JobJournal {
  /** Which job of an input is meant, where a person has ordered it more than once. */
  readonly takes: Takes;
  close(): Promise<void>;
}

/** Where the journal is, and for whom it writes. */
export interface SqliteJournalOptions {
  /** The folder must exist. */
  readonly file: string;
  /** From `processOwner`; default: this process. */
  readonly owner?: string;
}

const allStates: readonly JobState[] = [
  "intent",
  "submitted",
  "detached",
  "unknown",
  "succeeded",
  "rejected",
  "failed",
  "cancelled",
  "lost",
  "forgotten",
];
const freeStates = allStates.filter((state) => !holdsKey(state));
const attachable: readonly JobState[] = ["unknown", "lost"];
const forgettable = allStates.filter(canForget);

/**
 * The durable memory of paid jobs in one SQLite file, shared by all processes of a workspace.
 *
 * Each change is one statement, atomic among processes and on the disk when its promise resolves. Every method fails
 * with `journal.unwritable` when the file cannot be read or written.
 */
export async function sqliteJournal(options: SqliteJournalOptions): Promise<SqliteJournal> {
  const { file, owner = processOwner(process.pid) } = options;
  const db = await openJournalDatabase(file);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await whileBusy(work);
    } catch (error) {
      throw journalError(file, error);
    }
  };
  return {
    claim: (job) => guarded(() => claim(db, job, owner)),
    move: (job, to) => guarded(() => move(db, job, to)),
    get: (key) => guarded(() => get(db, key)),
    list: () => guarded(() => list(db)),
    attach: (key, request_id) => guarded(() => step(db, { key, from: attachable }, { state: "detached", request_id })),
    forget: (key, seen) =>
      guarded(() => {
        const from = seen ? forgettable.filter((state) => state === seen.state) : forgettable;
        return step(db, { key, from, ...(seen && { attempt: seen.attempt }) }, { state: "forgotten" });
      }),
    takes: takesIn(db, guarded),
    ownerAlive: async (record) => ownerRuns(record.owner, record.updatedAt),
    close: () => db.destroy(),
  };
}

async function claim(db: Kysely<JournalTables>, job: JobClaim, owner: string): Promise<JobClaimed> {
  const { key, provider, account, model } = job;
  const now = Date.now();
  const fresh = { provider, account, model, owner, state: "intent", created_at: now, updated_at: now } as const;
  for (;;) {
    const row = await db
      .insertInto("jobs")
      .values({ ...fresh, key, attempt: 1 })
      .onConflict((conflict) =>
        conflict
          .column("key")
          .doUpdateSet((set) => ({ ...fresh, request_id: null, message: null, attempt: set("jobs.attempt", "+", 1) }))
          .where("jobs.state", "in", freeStates),
      )
      .returningAll()
      .executeTakeFirst();
    if (row) return { claimed: true, record: recordOf(row) };
    const record = await get(db, key);
    // Between the two statements another process may have freed the key.
    if (record && holdsKey(record.state)) return { claimed: false, record };
  }
}

async function move(
  db: Kysely<JournalTables>,
  { key, attempt }: Parameters<JobJournal["move"]>[0],
  { state, requestId, message }: Parameters<JobJournal["move"]>[1],
): Promise<JobRecord | undefined> {
  const from = allStates.filter((candidate) => canMove(candidate, state));
  const row = await db
    .updateTable("jobs")
    .set({
      state,
      updated_at: Date.now(),
      ...(requestId === undefined ? {} : { request_id: requestId }),
      ...(message === undefined ? {} : { message }),
    })
    .where("key", "=", key)
    .where("attempt", "=", attempt)
    .where("state", "in", from)
    .returningAll()
    .executeTakeFirst();
  return row && recordOf(row);
}

/** A person's decision on a job, if it stands where such a decision is allowed. */
async function step(
  db: Kysely<JournalTables>,
  { key, from, attempt }: { readonly key: string; readonly from: readonly JobState[]; readonly attempt?: number },
  to: { readonly state: JobState; readonly request_id?: string },
): Promise<boolean> {
  const change = db
    .updateTable("jobs")
    .set({ ...to, updated_at: Date.now() })
    .where("key", "=", key)
    .where("state", "in", from);
  const rows = await (attempt === undefined ? change : change.where("attempt", "=", attempt))
    .returning("key")
    .execute();
  return rows.length > 0;
}

async function get(db: Kysely<JournalTables>, key: string): Promise<JobRecord | undefined> {
  const row = await db.selectFrom("jobs").selectAll().where("key", "=", key).executeTakeFirst();
  return row && recordOf(row);
}

async function list(db: Kysely<JournalTables>): Promise<readonly JobRecord[]> {
  const rows = await db.selectFrom("jobs").selectAll().orderBy("updated_at", "desc").execute();
  return rows.map(recordOf);
}

function recordOf({ request_id, message, created_at, updated_at, ...same }: JobRow): JobRecord {
  return {
    ...same,
    createdAt: created_at,
    updatedAt: updated_at,
    ...(request_id === null ? {} : { requestId: request_id }),
    ...(message === null ? {} : { message }),
  };
}
