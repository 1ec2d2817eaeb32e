import { EngineError } from "@inlay/engine";
import type { JobProgress, JobRecord, JobState } from "@inlay/runcomfy";
import type { SqliteJournal } from "../journal/sqlite-journal.ts";
import type { CollectedJob } from "../remote.ts";

/** What a person can do about the paid jobs of a workspace. */
export interface JobDesk {
  /** All jobs, the latest change first. A job whose process died while it was being submitted is told as unknown. */
  list(): Promise<readonly JobRecord[]>;
  /** Jobs that the service has accepted and nobody waits for: detached, or of a process that is gone. */
  abandoned(): Promise<readonly JobRecord[]>;
  /**
   * The job of a key, of the beginning of one (8 digits at least), or of a request id. Fails with `jobs.not-found` and
   * `jobs.ambiguous`.
   */
  find(id: string): Promise<JobRecord>;
  /**
   * Waits for a job, fetches its files and keeps them, so that the next run of its workflow has them without asking.
   * Submits nothing. Fails with `jobs.other-account`, and as the service's errors say.
   */
  collect(id: string, onState?: (progress: JobProgress) => void): Promise<CollectedJob>;
  /** Gives a job in doubt the request id that the person found. Fails with `jobs.state`. */
  attach(id: string, requestId: string): Promise<JobRecord>;
  /** Frees the key of a job that is over: lost, or of no use. Fails with `jobs.state`. */
  forget(id: string): Promise<JobRecord>;
  /**
   * Frees the key of a job that may live, so that the next run orders and pays anew. Fails with `money/confirm` unless
   * the person has said that it may be paid twice.
   */
  resubmit(id: string, options: { readonly mayPayTwice: boolean }): Promise<JobRecord>;
}

/** What a desk works on. */
export interface JobDeskOptions {
  /** Undefined in a workspace that never paid for anything; asking makes none. */
  readonly journal: () => Promise<SqliteJournal | undefined>;
  readonly collect: (record: JobRecord, onState?: (progress: JobProgress) => void) => Promise<CollectedJob>;
}

/** The shortest beginning of a key that stands for the whole. */
const shortestPrefix = 8;

/** Jobs that are over: nothing more is billed for them. */
const over: ReadonlySet<JobState> = new Set(["lost", "succeeded"]);

/** Jobs that may go on at the service, and be billed. */
const alive: ReadonlySet<JobState> = new Set(["unknown", "submitted", "detached"]);

/** Makes the desk of a workspace. */
export function jobDesk({ journal, collect }: JobDeskOptions): JobDesk {
  const list = async (): Promise<readonly JobRecord[]> => {
    const opened = await journal();
    if (!opened) return [];
    const records = await opened.list();
    return Promise.all(records.map((record) => settleIntent(opened, record)));
  };

  const find = async (id: string): Promise<JobRecord> => {
    const records = await list();
    const exact = records.find(({ key, requestId }) => key === id || requestId === id);
    if (exact) return exact;
    const [found, ...more] = id.length < shortestPrefix ? [] : records.filter(({ key }) => key.startsWith(id));
    if (!found) throw notFound(id);
    if (more.length > 0) throw ambiguous(id, more.length + 1);
    return found;
  };

  const changed = async (
    id: string,
    change: (opened: SqliteJournal, record: JobRecord) => Promise<boolean>,
  ): Promise<JobRecord> => {
    const record = await find(id);
    const opened = await journal();
    if (!opened) throw notFound(id);
    if (await change(opened, record)) return (await opened.get(record.key)) ?? record;
    // Another process may have moved it since it was looked at: what it is now counts.
    throw wrongState((await opened.get(record.key)) ?? record);
  };

  return {
    list,
    async abandoned() {
      const opened = await journal();
      if (!opened) return [];
      const left: JobRecord[] = [];
      for (const record of await list()) {
        const isLeft = record.state === "submitted" ? !(await opened.ownerAlive(record)) : record.state === "detached";
        if (isLeft) left.push(record);
      }
      return left;
    },
    find,
    collect: async (id, onState) => collect(await find(id), onState),
    async attach(id, requestId) {
      if (!/^[A-Za-z0-9_-]{1,128}$/.test(requestId)) throw badRequestId(requestId);
      return changed(id, (opened, { key }) => opened.attach(key, requestId));
    },
    forget: (id) =>
      changed(id, (opened, record) => {
        if (!over.has(record.state)) throw mayLive(record);
        return opened.forget(record.key, record);
      }),
    resubmit: (id, { mayPayTwice }) =>
      changed(id, (opened, record) => {
        if ((alive.has(record.state) || over.has(record.state)) && !mayPayTwice) throw confirmation(record);
        return opened.forget(record.key, record);
      }),
  };
}

async function settleIntent(journal: SqliteJournal, record: JobRecord): Promise<JobRecord> {
  if (record.state !== "intent" || (await journal.ownerAlive(record))) return record;
  const message = "remote.unknown: The process that submitted the job ended before the answer came.";
  return (await journal.move(record, { state: "unknown", message })) ?? record;
}

function notFound(id: string): EngineError {
  const message = `No job ${id} is known in this workspace.`;
  return new EngineError({ code: "jobs.not-found", message, suggestion: "`inlay jobs` shows keys and states." });
}

function ambiguous(id: string, count: number): EngineError {
  const message = `${count} jobs have a key that begins with ${id}.`;
  return new EngineError({ code: "jobs.ambiguous", message, received: id, suggestion: "Give more of the key." });
}

function wrongState({ key, state }: JobRecord): EngineError {
  const message = `The job ${key} is ${state}, which this does not change.`;
  return new EngineError({ code: "jobs.state", message, suggestion: "`inlay jobs` shows keys and states." });
}

function badRequestId(received: string): EngineError {
  const message = "This is not the id of a request.";
  return new EngineError({ code: "jobs.request-id", message, expected: "1 to 128 letters, digits, - and _", received });
}

/** A job that is free already needs nothing; one that may live is not forgotten in passing. */
function mayLive(record: JobRecord): EngineError {
  const { key, state } = record;
  if (!alive.has(state)) return wrongState(record);
  const collect = state === "unknown" ? `\`inlay jobs attach ${key} REQUEST_ID\`` : `\`inlay jobs collect ${key}\``;
  return new EngineError({
    code: "jobs.state",
    message: `The job ${key} is ${state}: it may exist at the service, so it is not forgotten.`,
    suggestion: `${collect} gets its result. \`inlay jobs resubmit ${key}\` orders it again, which may pay twice.`,
  });
}

function confirmation({ key, state, requestId }: JobRecord): EngineError {
  const request = requestId === undefined ? "" : ` (request ${requestId})`;
  return new EngineError({
    code: "money/confirm",
    message: `The job ${key} is ${state}${request}. Submitting it again may pay twice.`,
    suggestion: `If that is what you want: \`inlay jobs resubmit ${key} --may-pay-twice\`.`,
  });
}
