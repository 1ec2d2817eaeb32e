const key = "inlay.file";

/** The workflow file that was opened last in this browser; undefined when none was, or it keeps nothing. */
export function lastFile(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepLastFile(path: string): void {
  try {
    localStorage.setItem(key, path);
  } catch {
    // Then the newest file is opened first.
  }
}
