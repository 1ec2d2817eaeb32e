import {
  canAttach,
  canForget,
  canMove,
  holdsKey,
  type JobClaim,
  type JobClaimed,
  type JobJournal,
  type JobMove,
  type JobRecord,
  type JobRef,
} from "../journal.ts";

/** The store behind memory journals; journals that share one behave like processes that share a disk. */
export interface MemoryJobStore {
  readonly records: Map<string, JobRecord>;
  /** Owners that no longer run. */
  readonly dead: Set<string>;
}

let journals = 0;

/**
 * A journal that forgets everything with the process: for tests, and for trying the client out.
 *
 * @example
 * ```ts
 * const client = createRunComfyClient({ token, journal: memoryJournal() });
 * ```
 */
export function memoryJournal(
  store: MemoryJobStore = { records: new Map(), dead: new Set() },
  owner = `memory-${++journals}`,
): JobJournal {
  const { records, dead } = store;
  const write = (record: JobRecord): JobRecord => {
    records.set(record.key, record);
    return record;
  };
  return {
    async claim(job: JobClaim): Promise<JobClaimed> {
      const last = records.get(job.key);
      if (last && holdsKey(last.state)) return { claimed: false, record: last };
      const { key, provider, account, model } = job;
      const attempt = (last?.attempt ?? 0) + 1;
      const now = Date.now();
      const record = {
        key,
        provider,
        account,
        model,
        state: "intent",
        attempt,
        owner,
        createdAt: now,
        updatedAt: now,
      } as const;
      return { claimed: true, record: write(record) };
    },
    async move(job: JobRef, to: JobMove): Promise<JobRecord | undefined> {
      const record = records.get(job.key);
      if (record?.attempt !== job.attempt || !canMove(record.state, to.state)) return undefined;
      const { state, requestId = record.requestId, message = record.message } = to;
      return write({
        ...record,
        state,
        updatedAt: Date.now(),
        ...(requestId === undefined ? {} : { requestId }),
        ...(message === undefined ? {} : { message }),
      });
    },
    async get(key: string): Promise<JobRecord | undefined> {
      return records.get(key);
    },
    async list(): Promise<readonly JobRecord[]> {
      return [...records.values()].sort((a, b) => b.updatedAt - a.updatedAt);
    },
    async attach(key: string, requestId: string): Promise<boolean> {
      const record = records.get(key);
      if (!record || !canAttach(record.state)) return false;
      write({ ...record, state: "detached", requestId, updatedAt: Date.now() });
      return true;
    },
    async forget(key: string, seen?: Pick<JobRecord, "attempt" | "state">): Promise<boolean> {
      const record = records.get(key);
      if (!record || !canForget(record.state)) return false;
      if (seen && (record.attempt !== seen.attempt || record.state !== seen.state)) return false;
      write({ ...record, state: "forgotten", updatedAt: Date.now() });
      return true;
    },
    async ownerAlive(record: JobRecord): Promise<boolean> {
      return !dead.has(record.owner);
    },
  };
}
