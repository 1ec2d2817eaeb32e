import type { JobJournal, JobMove, JobRecord } from "./journal.ts";

/**
 * What became of jobs while the journal could not be written: until it can, only this process knows it. So a full disk
 * that has room again is not a job in doubt.
 */
export interface UnwrittenMoves {
  add(record: JobRecord, move: JobMove): void;
  /** Writes down what is known of a key. Fails as the journal does, and keeps it then. */
  write(journal: JobJournal, key: string): Promise<void>;
  /** Writes down what it can. Never fails. */
  writeAll(journal: JobJournal): Promise<void>;
}

/** Makes an empty memory. */
export function createUnwrittenMoves(): UnwrittenMoves {
  const moves = new Map<string, { readonly record: JobRecord; readonly move: JobMove }>();

  const write = async (journal: JobJournal, key: string): Promise<void> => {
    const known = moves.get(key);
    if (!known) return;
    await journal.move(known.record, known.move);
    if (moves.get(key) === known) moves.delete(key);
  };

  return {
    // An id is what finds a job again: what comes later of the same attempt keeps it.
    add(record, move) {
      const earlier = moves.get(record.key);
      const requestId =
        move.requestId ?? (earlier?.record.attempt === record.attempt ? earlier.move.requestId : undefined);
      moves.set(record.key, { record, move: { ...move, ...(requestId !== undefined && { requestId }) } });
    },
    write,
    async writeAll(journal) {
      for (const key of moves.keys()) await write(journal, key).catch(() => undefined);
    },
  };
}
