import type { RunLog } from "./run-log.ts";
import type { StoredEvent } from "./run-record.ts";
import type { RunStore } from "./run-store.ts";

/** Who listens, from where, and how it is told. */
export interface Follower {
  /** Whose events. */
  readonly client: string;
  /** Only those of one run, to its last. */
  readonly run?: string;
  /** The place of the last event that it knows. */
  readonly after: number;
  /** Takes events in order. @returns false when it wants no more until `drained` resolves */
  take(events: readonly StoredEvent[]): boolean;
  drained(): Promise<void>;
  /** The run's last event has been taken, or events can no longer be read. */
  end(): void;
}

const page = 500;

/**
 * Tells a follower every event behind its place, once and in order: first those that are kept, then each as it comes. A
 * follower that falls behind holds nothing up and nothing in memory: it is told from the store again.
 * @returns ends it
 */
export function followEvents(store: RunStore, runLog: RunLog, follower: Follower): () => void {
  const { client, run } = follower;
  let place = follower.after;
  let isReading = false;
  let hasNews = false;
  let isOver = false;

  const stop = (): void => {
    isOver = true;
    unlisten();
  };

  const tell = (events: readonly StoredEvent[]): boolean => {
    if (events.length === 0) return true;
    place = events.at(-1)!.id;
    const goesOn = follower.take(events);
    if (run !== undefined && events.at(-1)!.isLast) {
      stop();
      follower.end();
    }
    return goesOn;
  };

  const read = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    for (let isBehind = true; isBehind && !isOver;) {
      hasNews = false;
      const events = await store.events({ after: place, client, limit: page, ...(run !== undefined && { run }) });
      if (!isOver && !tell(events)) await follower.drained();
      isBehind = events.length === page || hasNews;
    }
    isReading = false;
  };

  const catchUp = (): void => {
    read().catch(() => {
      stop();
      follower.end();
    });
  };

  const unlisten = runLog.listen((events) => {
    if (isReading) {
      hasNews = true;
      return;
    }
    const news = events.filter(
      (event) => event.id > place && event.client === client && (run ?? event.run) === event.run,
    );
    if (tell(news) || isOver) return;
    isReading = true;
    void follower.drained().then(() => {
      isReading = false;
      catchUp();
    });
  });
  catchUp();
  return stop;
}
