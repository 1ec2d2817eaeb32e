/**
 * Where a job stands in the journal.
 *
 * `intent`: about to be submitted, or being submitted · `submitted`: accepted, its request id is known ·
 * `detached`: accepted, and whoever waited for it stopped · `unknown`: the answer to the submit was lost ·
 * `succeeded`: its result was collected and kept · `rejected`: refused, never started · `failed`: never sent, or it ran
 * and failed · `cancelled`: stopped before it ran · `lost`: accepted, but the service no longer knows it ·
 * `forgotten`: a person freed the key.
 */
export type JobState =
  | "intent"
  | "submitted"
  | "detached"
  | "unknown"
  | "succeeded"
  | "rejected"
  | "failed"
  | "cancelled"
  | "lost"
  | "forgotten";

/** One job as the journal keeps it: no token, no prompt, no pixels. */
export interface JobRecord {
  /** What the job is: see `jobKey`. The journal has one record a key. */
  readonly key: string;
  readonly state: JobState;
  /** The fence: 1 for a key's first job, one more each time the freed key is claimed again. */
  readonly attempt: number;
  /** The process instance that claimed the key; unique for ever, unlike a process id. */
  readonly owner: string;
  /** The service and its origin, such as `runcomfy:https://model-api.runcomfy.net`. */
  readonly provider: string;
  /** Which of the service's accounts, as `accountId` names it. */
  readonly account: string;
  readonly model: string;
  /** The service's id; there from `submitted` on, and on an `unknown` job once a person has entered it. */
  readonly requestId?: string;
  /** When the key was claimed for this attempt, in milliseconds since 1970. */
  readonly createdAt: number;
  /** When the record last changed, in milliseconds since 1970. */
  readonly updatedAt: number;
  /** How it ended or why it stands where it stands, in this package's own words. */
  readonly message?: string;
}

/** What is to be claimed. */
export type JobClaim = Pick<JobRecord, "key" | "provider" | "account" | "model">;

/** Names one attempt, so that a process that was frozen and replaced cannot write over its successor. */
export type JobRef = Pick<JobRecord, "key" | "attempt">;

/** The next state of a job; what is not given stays as it is. */
export interface JobMove {
  readonly state: Exclude<JobState, "intent" | "forgotten">;
  readonly requestId?: string;
  readonly message?: string;
}

/** The answer to a claim. */
export interface JobClaimed {
  /** True: the key is yours, an intent is on disk, submit. False: `record` holds the key, do not submit. */
  readonly claimed: boolean;
  readonly record: JobRecord;
}

/**
 * The durable memory of paid jobs. Its law: **at most one accepted and not freed job per key**, whatever processes
 * share the store and whenever they die.
 *
 * A promise that resolves means that the change has reached the disk. Every method may reject when the store cannot be
 * read or written; the client then submits nothing. `memoryJournal` in `./testing` is the reference, and
 * `jobJournalConformance` there checks any other.
 */
export interface JobJournal {
  /**
   * Claims a key for a submit, atomically among all processes. When there is no record, or its state does not hold the
   * key (`holdsKey`), writes an `intent` of this process with the next attempt, without request id and message, and
   * answers `claimed: true`. Otherwise changes nothing and answers `claimed: false` with the record.
   */
  claim(job: JobClaim): Promise<JobClaimed>;
  /**
   * Moves one attempt to another state, atomically. Resolves to the new record, or to undefined, with nothing changed,
   * when the attempt is no longer the key's latest or `canMove` does not allow the step.
   */
  move(job: JobRef, to: JobMove): Promise<JobRecord | undefined>;
  get(key: string): Promise<JobRecord | undefined>;
  /** All records, the latest change first. */
  list(): Promise<readonly JobRecord[]>;
  /**
   * Gives an `unknown` or `lost` job the request id that a person found for it, so that the next run collects it. The
   * record becomes `detached`. Resolves to whether it did; any other state stays as it is.
   */
  attach(key: string, requestId: string): Promise<boolean>;
  /**
   * Frees a key because a person said so, knowing that its job may have been paid: any state that holds the key except
   * `intent` becomes `forgotten`. Resolves to whether it did. With `seen`, only while the record is still at the attempt
   * and in the state that the person decided on.
   */
  forget(key: string, seen?: Pick<JobRecord, "attempt" | "state">): Promise<boolean>;
  /** Whether the process instance that claimed the record still runs; true when in doubt. */
  ownerAlive(record: JobRecord): Promise<boolean>;
}

/**
 * Which steps a record may take. An accepted job may be written down as the same ending again (two processes may have
 * waited for it); what has freed the key stays as it is until the next claim.
 */
const MOVES: { readonly [from in JobState]: readonly JobState[] } = {
  intent: ["submitted", "unknown", "rejected", "failed", "cancelled"],
  unknown: ["unknown", "submitted", "detached"],
  submitted: ["submitted", "detached", "succeeded", "failed", "cancelled", "lost"],
  detached: ["submitted", "detached", "succeeded", "failed", "cancelled", "lost"],
  lost: ["submitted", "detached", "succeeded", "failed", "cancelled", "lost"],
  succeeded: ["succeeded", "lost"],
  rejected: [],
  failed: [],
  cancelled: [],
  forgotten: [],
};

const FREE: ReadonlySet<JobState> = new Set(["rejected", "failed", "cancelled", "forgotten"]);

/** Whether a job in this state keeps its key from being submitted again. */
export function holdsKey(state: JobState): boolean {
  return !FREE.has(state);
}

/** Whether `JobJournal.move` allows the step. */
export function canMove(from: JobState, to: JobState): boolean {
  return MOVES[from].includes(to);
}

/** Whether `JobJournal.attach` takes a request id in this state. */
export function canAttach(state: JobState): boolean {
  return state === "unknown" || state === "lost";
}

/** Whether `JobJournal.forget` frees a key in this state. */
export function canForget(state: JobState): boolean {
  return holdsKey(state) && state !== "intent";
}
