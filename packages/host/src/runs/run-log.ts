import type { Logger } from "pino";
import type { ServerEventBody, StoredEvent } from "./run-record.ts";
import type { NodeOutputsUpdate, RunStore, RunUpdate } from "./run-store.ts";

/** What runs tell, on its way to the store and from there to who listens. */
export interface RunLog {
  /** An attempt of a run tells an event. */
  tell(of: Attempt, body: ServerEventBody, time?: number): void;
  /** An attempt of a run tells what a node gave; kept no later than the events that are told after it. */
  tellOutputs(of: Attempt, made: NodeOutputsUpdate): void;
  /** Resolves when all that was told so far is on disk. */
  flush(): Promise<void>;
  /** Called with events when they are on disk, in order. The result ends it. */
  listen(listener: (events: readonly StoredEvent[]) => void): () => void;
  /** Writes what was told and hears nothing more. */
  close(): Promise<void>;
  /** Hands on events that were kept without being told here. */
  publish(events: readonly StoredEvent[]): void;
}

interface Attempt {
  readonly run: string;
  readonly attempt: number;
}

export interface RunLogOptions {
  readonly store: RunStore;
  /** Resolves when results that are being written are on disk: what is finished must be found again. */
  readonly settled: () => Promise<void>;
  readonly log: Logger;
}

/** Between two writes, unless a run ends: each one waits for the disk. */
const gapMs = 15;
/** Progress alone is told twenty times a second. */
const progressGapMs = 50;
/** After a write that failed, such as on a full disk; nothing that was told is dropped meanwhile. */
const retryMs = 1000;

interface Pending extends Attempt {
  readonly events: { time: number; body: ServerEventBody }[];
  readonly outputs: NodeOutputsUpdate[];
  /** Where the progress of a node stands in `events`, so that newer progress takes its place. */
  readonly progress: Map<string, number>;
}

/** Gathers what happens in a tick into one write, and tells listeners only what is on disk. */
export function runLog({ store, settled, log }: RunLogOptions): RunLog {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  let pending = new Map<string, Pending>();
  let timer: NodeJS.Timeout | undefined;
  let due = Infinity;
  let notBefore = 0;
  let writing: Promise<void> | undefined;
  let isClosed = false;

  const publish = (events: readonly StoredEvent[]): void => {
    if (events.length > 0) for (const listener of listeners) listener(events);
  };

  const write = async (): Promise<void> => {
    const batch = pending;
    pending = new Map();
    try {
      await settled();
      publish(await store.record([...batch.values()].map(updateOf)));
      notBefore = performance.now() + gapMs;
    } catch (error) {
      log.error({ err: error }, "events could not be kept; they are tried again");
      pending = merged(batch, pending);
      notBefore = performance.now() + retryMs;
    }
  };

  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    due = Infinity;
    writing ??= write().finally(() => {
      writing = undefined;
      if (pending.size > 0 && !isClosed) schedule(0);
    });
    return writing;
  };

  const schedule = (delay: number): void => {
    if (writing) return;
    const at = Math.max(performance.now() + delay, notBefore);
    if (at >= due) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(() => void start(), Math.max(0, at - performance.now()));
  };

  const pendingOf = ({ run, attempt }: Attempt): Pending => {
    const found = pending.get(run);
    if (found?.attempt === attempt) return found;
    const made: Pending = { run, attempt, events: [], outputs: [], progress: new Map() };
    pending.set(run, made);
    return made;
  };

  return {
    tell(of, body, time = Date.now()) {
      if (isClosed) return;
      add(pendingOf(of), { time, body });
      if (body.type === "run.finished") notBefore = Math.min(notBefore, performance.now());
      schedule(body.type === "node.progress" ? progressGapMs : 0);
    },
    tellOutputs(of, made) {
      if (!isClosed) pendingOf(of).outputs.push(made);
    },
    async flush() {
      // What was told while a write was on its way waits for the next one.
      await writing;
      if (pending.size > 0) await start();
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

function add({ events, progress }: Pending, event: Pending["events"][number]): void {
  const { body } = event;
  if (!("node" in body)) {
    events.push(event);
    return;
  }
  const place = progress.get(body.node);
  if (body.type === "node.progress" && place !== undefined) {
    events[place] = event;
    return;
  }
  if (body.type === "node.progress") progress.set(body.node, events.length);
  else progress.delete(body.node);
  events.push(event);
}

function updateOf({ run, attempt, events, outputs }: Pending): RunUpdate {
  return { run, attempt, events, outputs };
}

/** What could not be kept stands before what was told since. */
function merged(before: ReadonlyMap<string, Pending>, since: ReadonlyMap<string, Pending>): Map<string, Pending> {
  const all = new Map(before);
  for (const [run, later] of since) {
    const earlier = before.get(run);
    const isSame = earlier?.attempt === later.attempt;
    all.set(run, {
      ...later,
      events: [...(isSame ? earlier.events : []), ...later.events],
      outputs: [...(isSame ? earlier.outputs : []), ...later.outputs],
      progress: new Map(),
    });
  }
  return all;
}
