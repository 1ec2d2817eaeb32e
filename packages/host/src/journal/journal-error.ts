import { EngineError } from "@inlay/engine";
import { errno, isDiskFull } from "../file-error.ts";

/** The error for a journal that cannot be read or written: the file system's and SQLite's reasons in one code. */
export function journalError(file: string, cause: unknown): EngineError {
  if (cause instanceof EngineError && cause.code === "journal.unwritable") return cause;
  const reason = cause instanceof EngineError ? cause.code : errno(cause);
  const damaged = reason === "SQLITE_NOTADB" || reason === "SQLITE_CORRUPT";
  const full = isDiskFull(cause) || reason === "SQLITE_FULL" || reason === "disk.full";
  const busy = reason?.startsWith("SQLITE_BUSY") === true;
  const why = busy
    ? "another process holds it and does not go on"
    : damaged
      ? "the file is damaged"
      : full
        ? "the disk is full"
        : (reason ?? "SQLite refuses");
  return new EngineError(
    {
      code: "journal.unwritable",
      message: `The journal of paid jobs \`${file}\` cannot be used (${why}), so nothing is submitted.`,
      suggestion: busy
        ? "End the process of Inlay that is stopped in this workspace, or let it go on, and run it again."
        : damaged
          ? "Restore the file from a copy. Without it, Inlay does not know which jobs have been paid for."
          : "Make sure that the workspace can be written to and has space.",
    },
    { cause },
  );
}
