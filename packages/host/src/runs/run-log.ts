import type { Logger } from "pino";
import { PendingUpdate, type Attempt, type PendingFile } from "./pending-update.ts";
import type { ServerEventBody, StoredEvent } from "./run-record.ts";
import type { KeptResult, NodeOutputsUpdate, RunStore } from "./run-store.ts";

export type { Attempt } from "./pending-update.ts";

/** What runs tell, on its way to the store and from there to who listens. */
export interface RunLog {
  /** An attempt of a run tells an event. */
  tell(of: Attempt, body: ServerEventBody, time?: number): void;
  /** An attempt of a run tells what a node gave; kept no later than the events that are told after it. */
  tellOutputs(of: Attempt, made: NodeOutputsUpdate): void;
  /** Something is kept for an attempt after this one; what is told after it is not heard before its file is whole. */
  tellKept(of: Attempt, kept: KeptResult, file?: PendingFile): void;
  /** It is not needed any more. `forgotten` is called when that is on disk. */
  tellReleased(of: Attempt, place: string, forgotten: () => void): void;
  /** Resolves when all that was told so far is on disk. */
  flush(): Promise<void>;
  /** Called with events when they are on disk, in order. The result ends it. */
  listen(listener: (events: readonly StoredEvent[]) => void): () => void;
  /** Writes what was told and hears nothing more. */
  close(): Promise<void>;
  /** Hands on events that were kept without being told here. */
  publish(events: readonly StoredEvent[]): void;
}

export interface RunLogOptions {
  readonly store: RunStore;
  readonly log: Logger;
}

/** Between two writes, unless a run ends: each one waits for the disk. */
const gapMs = 15;
/** Progress alone is told twenty times a second. */
const progressGapMs = 50;
/** After a write that failed, such as on a full disk; nothing that was told is dropped meanwhile. */
const retryMs = 1000;

/** Gathers what happens in a tick into one write, and tells listeners only what is on disk. */
export function runLog({ store, log }: RunLogOptions): RunLog {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  let pending = new Map<string, PendingUpdate>();
  /** Runs whose files are being written: what they have told waits for these, and what they tell since waits behind it. */
  const held = new Map<string, PendingUpdate>();
  /** Those whose files are whole by now. */
  let due = new Map<string, PendingUpdate>();
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let notBefore = 0;
  let writing: Promise<boolean> | undefined;
  let isClosed = false;

  const publish = (events: readonly StoredEvent[]): void => {
    if (events.length > 0) for (const listener of listeners) listener(events);
  };

  const hold = (update: PendingUpdate, files: Promise<unknown>): void => {
    held.set(update.run, update);
    void files.then(() => {
      // Unless it has been joined with the end of its run.
      if (held.get(update.run) !== update) return;
      held.delete(update.run);
      due.set(update.run, update);
      schedule(0);
    });
  };

  /** What can be written now. */
  const take = (): readonly PendingUpdate[] => {
    const batch = [...due.values()];
    const blocked = new Set([...due.keys(), ...held.keys()]);
    due = new Map();
    for (const [run, update] of pending) {
      if (blocked.has(run)) continue;
      pending.delete(run);
      const files = update.filesWritten();
      if (files) hold(update, files);
      else batch.push(update);
    }
    return batch;
  };

  const write = async (): Promise<boolean> => {
    const batch = take();
    try {
      if (batch.length > 0) publish(await store.record(await Promise.all(batch.map((update) => update.update()))));
      for (const update of batch) update.written();
      notBefore = performance.now() + gapMs;
      return true;
    } catch (error) {
      log.error({ err: error }, "events could not be kept; they are tried again");
      pending = joined(batch, pending);
      notBefore = performance.now() + retryMs;
      return false;
    }
  };

  const isWaiting = (): boolean => due.size > 0 || [...pending.keys()].some((run) => !held.has(run));

  const start = (): Promise<boolean> => {
    clearTimeout(timer);
    timer = undefined;
    dueAt = Infinity;
    writing ??= write().finally(() => {
      writing = undefined;
      if (isWaiting() && !isClosed) schedule(0);
    });
    return writing;
  };

  const schedule = (delay: number): void => {
    if (writing) return;
    const at = Math.max(performance.now() + delay, notBefore);
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void start(), Math.max(0, at - performance.now()));
  };

  const pendingOf = (of: Attempt): PendingUpdate => {
    const found = pending.get(of.run);
    if (found?.attempt === of.attempt) return found;
    const made = new PendingUpdate(of);
    pending.set(of.run, made);
    return made;
  };

  /** Whatever its files have come to by now, the end of a run is told together with what led to it. */
  const joinEnd = (run: string): void => {
    const before = held.get(run);
    if (!before) return;
    held.delete(run);
    pending.set(run, before.followedBy(pending.get(run)!));
  };

  return {
    tell(of, body, time = Date.now()) {
      if (isClosed) return;
      pendingOf(of).addEvent(time, body);
      if (body.type === "run.finished") {
        joinEnd(of.run);
        notBefore = Math.min(notBefore, performance.now());
      }
      schedule(body.type === "node.progress" ? progressGapMs : 0);
    },
    tellOutputs(of, made) {
      if (!isClosed) pendingOf(of).addOutputs(made);
    },
    tellKept(of, kept, file) {
      if (!isClosed) pendingOf(of).keep(kept, file);
    },
    tellReleased(of, place, forgotten) {
      if (!isClosed) pendingOf(of).release(place, forgotten);
    },
    async flush() {
      // What was told while a write was on its way waits for the next one, and files may be waited for in between.
      await writing;
      let told = [...due.values(), ...held.values(), ...pending.values()];
      while ((told = told.filter(({ isWritten }) => !isWritten)).length > 0) {
        if (!isWaiting()) await Promise.race([...held.values()].map(async (update) => update.filesWritten()));
        if (!(await start())) return;
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish,
    async close() {
      isClosed = true;
      await this.flush();
      clearTimeout(timer);
    },
  };
}

/** What could not be kept stands before what was told since. */
function joined(
  before: readonly PendingUpdate[],
  since: ReadonlyMap<string, PendingUpdate>,
): Map<string, PendingUpdate> {
  const all = new Map(since);
  for (const update of before) {
    const later = since.get(update.run);
    all.set(update.run, later ? update.followedBy(later) : update);
  }
  return all;
}
