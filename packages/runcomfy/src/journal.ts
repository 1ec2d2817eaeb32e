/**
 * Where a job stands.
 *
 * | state | means | the key is |
 * |---|---|---|
 * | `intent` | about to be submitted, or being submitted | held |
 * | `submitted` | accepted; somebody waits for it | held |
 * | `detached` | accepted; nobody waits for it, it can be collected | held |
 * | `unknown` | perhaps accepted; only a person may decide what to do | held |
 * | `succeeded` | its result was collected and kept | held |
 * | `lost` | accepted; the service no longer knows it | held until `forget` |
 * | `rejected` | refused by the service | free |
 * | `failed` | accepted, and ended without a result | free |
 * | `cancelled` | accepted, and cancelled before it ran | free |
 */
export type JobState =
  "intent" | "submitted" | "detached" | "unknown" | "succeeded" | "lost" | "rejected" | "failed" | "cancelled";

/** Which claim of a key a transition belongs to. A {@link JobRecord} is one. */
export interface JobTicket {
  readonly key: string;
  /** From {@link JobRecord.attempt}. */
  readonly attempt: number;
}

/** What the journal needs to know about a job, besides its key. */
export interface JobSubject {
  readonly provider: string;
  readonly account: string;
  readonly model: string;
}

/** What the journal knows about one key. It holds no token, no prompt and no pixels. */
export interface JobRecord extends JobTicket, JobSubject {
  readonly state: JobState;
  /** Which process claimed it: an id that no other process, earlier or later, has. */
  readonly owner: string;
  /**
   * The fence: a number that rises with every claim and that the journal never gives twice, not even after `release`
   * or `forget`. A process that slept through a later claim holds an old number, and its transitions are refused.
   */
  readonly attempt: number;
  /** The service's id of the job, once known. */
  readonly requestId?: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Why it ended so, for people; without secrets, at most 500 characters. */
  readonly message?: string;
}

/** The answer to a claim: the right to submit once, or the record that holds the key. */
export type JobClaim = { readonly claimed: JobRecord } | { readonly held: JobRecord };

/** The states that `end` may give. */
export type JobEnd = "rejected" | "failed" | "cancelled" | "lost";

/**
 * A durable record of paid jobs, one for each key, shared by all processes of a workspace.
 *
 * The law: **at most one accepted and not freed job per key.** Whatever a method has done is durable when its promise
 * resolves, and it is atomic across processes. A method that cannot write rejects; the client then does not submit.
 *
 * | method | from | to |
 * |---|---|---|
 * | `claim` | no record, `rejected`, `failed`, `cancelled` | `intent` |
 * | `submitted` | `intent` | `submitted` |
 * | `unknown` | `intent` | `unknown` |
 * | `release` | `intent` | no record |
 * | `detached` | `submitted`, `detached` | `detached` |
 * | `succeeded` | `submitted`, `detached` | `succeeded` |
 * | `end("rejected")` | `intent` | `rejected` |
 * | `end("failed")`, `end("cancelled")` | `submitted`, `detached` | `failed`, `cancelled` |
 * | `end("lost")` | `submitted`, `detached`, `succeeded` | `lost` |
 * | `attach` | `unknown`, `lost`, `intent` of a dead owner | `detached` |
 * | `forget` | any, except `intent` and `submitted` of a living owner | no record |
 *
 * A transition into the state that the record has already, with the same attempt, changes nothing and resolves (for
 * `submitted`: with the same request id). Every other move rejects with a {@link JournalError}.
 */
export interface JobJournal {
  /** Takes the right to submit, recorded durably as `intent`, or answers with the record that holds the key. */
  claim(key: string, subject: JobSubject): Promise<JobClaim>;
  /** The service accepted the job under this id. */
  submitted(ticket: JobTicket, requestId: string): Promise<void>;
  /** Nobody can tell whether the service accepted the job. */
  unknown(ticket: JobTicket, message?: string): Promise<void>;
  /** Nobody waits any more; the job goes on. */
  detached(ticket: JobTicket, message?: string): Promise<void>;
  /** The result is safe with the caller. */
  succeeded(ticket: JobTicket): Promise<void>;
  /** The job is over without a result. */
  end(ticket: JobTicket, state: JobEnd, message?: string): Promise<void>;
  /** Nothing was sent, certainly: the record goes away. */
  release(ticket: JobTicket): Promise<void>;
  get(key: string): Promise<JobRecord | undefined>;
  /** All records, the newest `createdAt` first. */
  list(): Promise<readonly JobRecord[]>;
  /** A person lets go of a key, so that it may be submitted, and paid, again. Resolves when there is no record, too. */
  forget(key: string): Promise<void>;
  /** A person names the request that an unknown submit became; the next run collects it. */
  attach(key: string, requestId: string): Promise<void>;
  /** Whether the process that claimed the record still runs. */
  ownerAlive(record: JobRecord): Promise<boolean>;
}

/** `journal.fenced`: a newer claim exists, or none; `journal.state`: no such move from where the record stands. */
export type JournalErrorCode = "journal.fenced" | "journal.state";

/** A journal's refusal of a move. Failures to write are the store's own errors. */
export class JournalError extends Error {
  readonly data: { readonly code: JournalErrorCode; readonly message: string };

  constructor(code: JournalErrorCode, message: string) {
    super(message);
    this.name = "JournalError";
    this.data = { code, message };
  }
}

const freeStates: ReadonlySet<JobState> = new Set<JobState>(["rejected", "failed", "cancelled"]);

/** Whether a record in this state keeps others from submitting under its key. */
export function holdsKey(state: JobState): boolean {
  return !freeStates.has(state);
}
