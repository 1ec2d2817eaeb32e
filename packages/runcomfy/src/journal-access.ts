import type { RemoteEnding, RunComfyError } from "./errors.ts";
import type { JobJournal, JobMove, JobRecord } from "./journal.ts";
import { problem } from "./problem.ts";
import type { UnwrittenMoves } from "./unwritten-moves.ts";

/** Where a run stands when it writes to the journal, for the error if that fails. */
export interface JournalFailure {
  readonly ending: RemoteEnding;
  readonly requestId?: string;
}

/** Calls the journal; a journal that cannot be used becomes a `remote.journal` error. */
export async function journaled<T>(work: () => Promise<T>, failure: JournalFailure): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw problem("remote.journal", { ...failure, cause });
  }
}

/** A journal, and what could not be written into it so far. */
export interface WrittenJournal {
  readonly journal: JobJournal;
  readonly unwritten: UnwrittenMoves;
}

/**
 * Writes a new request id down. If that fails, the id is in the error, and is written by the next run of this process
 * that finds the journal writable: the paid job exists, and only the id finds it.
 */
export async function journalAccepted(
  { journal, unwritten }: WrittenJournal,
  record: JobRecord,
  requestId: string,
): Promise<void> {
  const summary = "The job was submitted, but the journal could not be written, so another process would not find it.";
  const suggestion =
    "Free disk space or make the journal writable and run it again: a process that still runs then collects it. After a " +
    `restart nobody knows what became of it, and \`inlay jobs attach ${record.key} ${requestId}\` lets the next run collect it.`;
  const details = { ending: "unknown", requestId, summary, suggestion } as const;
  const move: JobMove = { state: "submitted", requestId };
  try {
    const moved = await journal.move(record, move);
    if (moved) return;
  } catch (cause) {
    unwritten.add(record, move);
    throw problem("remote.journal", { ...details, cause });
  }
  throw problem("remote.journal", details);
}

/**
 * Writes down how a run ended. A completed job whose output is of no use keeps its key, since the same order would buy
 * the same again. A step that the journal refuses means that somebody else wrote a later one, which stands.
 */
export async function journalEnding(
  { journal, unwritten }: WrittenJournal,
  record: JobRecord,
  error: RunComfyError,
): Promise<void> {
  const { code, ending, requestId } = error.data;
  const state: JobMove["state"] = code === "remote.output" ? "succeeded" : ending;
  const move: JobMove = { state, message: `${code}: ${error.summary}` };
  try {
    await journal.move(record, move);
  } catch (cause) {
    unwritten.add(record, move);
    const summary = `${error.summary} The journal of paid jobs could not be written, so this is not on record.`;
    throw problem("remote.journal", { ending, summary, cause, ...(requestId === undefined ? {} : { requestId }) });
  }
}
