import { setTimeout as sleep } from "node:timers/promises";
import { errno } from "../file-error.ts";

/** How long a process that was stopped in the middle of a write is waited for, besides SQLite's own patience. */
const longestMs = 60_000;
const pauseMs = 100;

/**
 * Does what a database refuses because another process is writing, again and again for a minute: a process that was
 * frozen holding the lock goes on one day, or dies and lets go of it. What was refused so has not been done.
 */
export async function whileBusy<T>(work: () => Promise<T>, now: () => number = () => performance.now()): Promise<T> {
  const giveUp = now() + longestMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!errno(error)?.startsWith("SQLITE_BUSY") || now() > giveUp) throw error;
      await sleep(pauseMs);
    }
  }
}
