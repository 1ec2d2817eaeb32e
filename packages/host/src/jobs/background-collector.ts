import { errorData } from "@inlay/engine";
import type { JobRecord } from "@inlay/runcomfy";
import type { JobDesk } from "./job-desk.ts";

/** What a collector works with. */
export interface CollectorParts {
  readonly jobs: Pick<JobDesk, "abandoned" | "collect">;
  /** Asks the service once whether a job has ended, by a GET. */
  look(record: JobRecord): Promise<"open" | "over">;
  /** Told of what was collected, and of what could not be. */
  readonly log: {
    info(fields: object, message: string): void;
    warn(fields: object, message: string): void;
  };
}

/** The pause before a job is looked at again: each twice as long, from two seconds to five minutes. */
const [firstPause, longestPause] = [2_000, 300_000];
/** How often the journal is looked at for jobs that nobody waited for a moment ago. */
const journalPause = 15_000;

/** How long an answer is waited for at the end. */
const patience = 2_000;

/**
 * Collects the results of jobs that the service has accepted and nobody waits for any more, so that the next run of their
 * workflow has them and no money is lost. It only asks and downloads: it submits nothing, cancels nothing, and leaves to
 * the person what is in doubt. Begins at once, in the background, and keeps no process alive.
 */
export function collectInBackground(parts: CollectorParts): { stop(): Promise<void> } {
  const due = new Map<string, { readonly at: number; readonly pause: number }>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let round: Promise<void> = Promise.resolve();

  const visit = async (record: JobRecord): Promise<void> => {
    const { key } = record;
    const last = due.get(key);
    if (last && last.at > Date.now()) return;
    if (await collectOne(record, parts)) return void due.delete(key);
    const pause = Math.min(longestPause, last ? last.pause * 2 : firstPause);
    due.set(key, { at: Date.now() + pause, pause });
  };

  const goRound = async (): Promise<void> => {
    const records = await parts.jobs.abandoned().catch((error: unknown) => {
      parts.log.warn({ code: errorData(error).code }, "the journal of paid jobs cannot be read");
      return [];
    });
    for (const key of due.keys()) if (!records.some((record) => record.key === key)) due.delete(key);
    for (const record of records) {
      if (isStopped) return;
      await visit(record);
    }
  };

  const begin = (): void => {
    round = goRound().finally(() => {
      if (isStopped) return;
      const next = Math.min(...[...due.values()].map(({ at }) => at - Date.now()), journalPause);
      timer = setTimeout(begin, Math.max(next, 100)).unref();
    });
  };
  begin();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      // A download goes on as long as the process does; what is cut off is collected the next time.
      await Promise.race([round, new Promise((resolve) => setTimeout(resolve, patience).unref())]);
    },
  };
}

/** @returns whether nothing is left to do about the job */
async function collectOne(record: JobRecord, { jobs, look, log }: CollectorParts): Promise<boolean> {
  const job = { key: record.key, requestId: record.requestId, model: record.model };
  try {
    if ((await look(record)) === "open") return false;
    const { costUsd } = await jobs.collect(record.key);
    log.info({ ...job, costUsd }, "a job that nobody waited for is collected");
    return true;
  } catch (error) {
    const { code, message } = errorData(error);
    // Another token's job is not ours to ask about; it may become so when the token is set again.
    if (code !== "jobs.other-account" && code !== "secret.missing")
      log.warn({ ...job, code, reason: message }, "a job that nobody waits for could not be collected");
    return false;
  }
}
