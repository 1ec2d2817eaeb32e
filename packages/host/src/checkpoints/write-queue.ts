/** Work that waits for the disk. */
interface QueuedWrite {
  /** Bytes that it holds in memory until it is done. */
  readonly bytes: number;
  /** Whether all is written. It looks at the signal between slices; what it throws counts as not written. */
  work(signal: AbortSignal): Promise<boolean>;
}

/** Writes that nobody waits for, a few at a time, in order. */
export interface WriteQueue {
  /** Never fails. Whoever aborts the signal gets false, at once when it has not begun. */
  add(write: QueuedWrite, signal: AbortSignal): Promise<boolean>;
  /** Resolves when less waits; undefined when more may come. */
  roomAgain(): Promise<void> | undefined;
}

interface Entry extends QueuedWrite {
  readonly signal: AbortSignal;
  settle(isWritten: boolean): void;
}

/** @param limits how many at once, and how many bytes may wait before nothing more should be started */
export function writeQueue(limits: { readonly atOnce: number; readonly bytes: number }): WriteQueue {
  const waiting = new Set<Entry>();
  const listeners: (() => void)[] = [];
  let atWork = 0;
  let bytes = 0;

  const end = (entry: Entry, isWritten: boolean): void => {
    bytes -= entry.bytes;
    entry.settle(isWritten && !entry.signal.aborted);
    if (bytes <= limits.bytes) for (const tell of listeners.splice(0)) tell();
  };

  const next = (): void => {
    for (const entry of waiting) {
      if (atWork >= limits.atOnce) return;
      waiting.delete(entry);
      atWork++;
      void entry
        .work(entry.signal)
        .catch(() => false)
        .then((isWritten) => {
          atWork--;
          end(entry, isWritten);
          next();
        });
    }
  };

  return {
    add(write, signal) {
      return new Promise((settle) => {
        const entry = { bytes: write.bytes, work: write.work.bind(write), signal, settle };
        bytes += entry.bytes;
        waiting.add(entry);
        signal.addEventListener("abort", () => waiting.delete(entry) && end(entry, false), { once: true });
        next();
      });
    },
    roomAgain: () => (bytes > limits.bytes ? new Promise((resolve) => listeners.push(resolve)) : undefined),
  };
}
