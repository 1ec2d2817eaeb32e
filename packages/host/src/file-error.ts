import { EngineError } from "@inlay/engine";

/** What a file error says besides its code. */
export interface FileErrorDetails {
  /** The path as the person wrote it. */
  readonly path: string;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion?: string;
  readonly cause?: unknown;
}

/**
 * The codes of file errors.
 *
 * | code | when |
 * |---|---|
 * | `file.outside-workspace` | a path leaves the workspace, or the output folder when writing |
 * | `file.not-found` | nothing has this name |
 * | `file.not-a-file` | the name is a folder, a device or a socket |
 * | `file.not-a-folder` | the name is a file where a folder is wanted |
 * | `file.too-many` | a folder holds more files than are wanted |
 * | `file.unreadable` | the system refuses to read it |
 * | `file.too-large` | it has more than 2 GiB, which cannot be held in one piece |
 * | `file.changed` | its content is no longer the one that the run started with |
 * | `file.bad-name` | a name that some system cannot hold |
 * | `file.bad-asset` | an asset's content does not have the SHA-256 that it is filed under |
 * | `file.exists` | another file has this name and must not be replaced |
 * | `file.unwritable` | the system refuses to write there |
 * | `disk.full` | no space, or no quota, is left |
 */
export type FileErrorCode =
  | "file.outside-workspace"
  | "file.not-found"
  | "file.not-a-file"
  | "file.not-a-folder"
  | "file.too-many"
  | "file.unreadable"
  | "file.too-large"
  | "file.changed"
  | "file.bad-name"
  | "file.bad-asset"
  | "file.exists"
  | "file.unwritable"
  | "disk.full";

export function fileError(code: FileErrorCode, { cause, path, ...details }: FileErrorDetails): EngineError {
  return new EngineError({ code, received: path, ...details }, cause === undefined ? {} : { cause });
}

/** The system's code of a thrown value, such as `ENOENT`, or undefined. */
export function errno(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Whether the system says that there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  const code = errno(error);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Whether the system says that the disk or the person's share of it is full. */
export function isDiskFull(error: unknown): boolean {
  const code = errno(error);
  return code === "ENOSPC" || code === "EDQUOT";
}

/** The error that a failed read is for a person. */
export function readError(path: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  if (isMissing(cause)) return fileError("file.not-found", { path, message: `There is no file \`${path}\`.`, cause });
  if (errno(cause) === "EISDIR")
    return fileError("file.not-a-file", { path, message: `\`${path}\` is a folder.`, cause });
  return fileError("file.unreadable", { path, message: `\`${path}\` cannot be read (${reason(cause)}).`, cause });
}

/** The error that a failed write is for a person. */
export function writeError(path: string, cause: unknown): EngineError {
  if (cause instanceof EngineError) return cause;
  if (isDiskFull(cause)) {
    const message = `The disk is full: \`${path}\` was not written.`;
    return fileError("disk.full", { path, message, suggestion: "Free some space and run again.", cause });
  }
  if (errno(cause) === "ENAMETOOLONG") {
    return fileError("file.bad-name", { path, message: `The path \`${path}\` is too long for this system.`, cause });
  }
  return fileError("file.unwritable", { path, message: `\`${path}\` cannot be written (${reason(cause)}).`, cause });
}

function reason(cause: unknown): string {
  return errno(cause) ?? (cause instanceof Error ? cause.message : String(cause));
}
