/** Texts on their way to one reader. */
export interface PacedWrites {
  /** Writes at once after a rest; soon after another write, what comes is gathered and written together. */
  add(text: string): void;
  /** Writes what was gathered. */
  flush(): void;
  /** Nothing is written any more. */
  close(): void;
}

/**
 * Writes at most once in `gapMs`, in order and without loss: the first text goes out at once.
 *
 * @param gapMs milliseconds between two writes
 */
export function pacedWrites(write: (text: string) => void, gapMs: number): PacedWrites {
  let gathered = "";
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const flush = (): void => {
    const text = gathered;
    gathered = "";
    if (text !== "") write(text);
  };

  const rest = (): void => {
    timer = undefined;
    if (gathered === "") return;
    flush();
    timer = setTimeout(rest, gapMs);
  };

  return {
    add(text) {
      if (isClosed) return;
      gathered += text;
      if (timer) return;
      flush();
      timer = setTimeout(rest, gapMs);
    },
    flush,
    close() {
      isClosed = true;
      gathered = "";
      clearTimeout(timer);
    },
  };
}
