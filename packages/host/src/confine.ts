import { constants } from "node:fs";
import { lstat, open, readdir, readlink, realpath } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { suggestName } from "@inlay/engine";
import { fileError, isMissing, readError } from "./file-error.ts";
import { namesStateFolder, outside, relativeParts } from "./file-names.ts";

/** A file inside a folder, open for reading. The caller closes the handle. */
export interface ConfinedFile {
  readonly handle: FileHandle;
  /** The real path: absolute, without symbolic links. */
  readonly path: string;
}

/**
 * The real path of a file that a workflow names relative to its workspace.
 *
 * Symbolic links are followed and must end inside the workspace. Fails with `file.outside-workspace`,
 * `file.not-found` (naming a sibling with a similar name), `file.not-a-file`, `file.unreadable` or `file.bad-name`.
 * @param root the workspace's real path
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  const wanted = join(root, ...relativeParts(path));
  try {
    const real = await realpath(wanted);
    requireInside(root, real, path);
    if (!(await lstat(real)).isFile()) throw notAFile(path);
    return real;
  } catch (error) {
    if (isMissing(error)) throw await notFound(root, wanted, path);
    throw readError(path, error);
  }
}

/**
 * The real path of a folder that a workflow names relative to its workspace; `.` is the workspace itself. Symbolic links
 * are followed and must end inside. Fails like {@link resolveInside}, with `file.not-a-folder` for a file.
 */
export async function resolveFolderInside(root: string, path: string): Promise<string> {
  const wanted = join(root, ...relativeParts(path));
  try {
    const real = await realpath(wanted);
    requireInside(root, real, path);
    if ((await lstat(real)).isDirectory()) return real;
  } catch (error) {
    if (isMissing(error)) throw await notFound(root, wanted, path, "folder");
    throw readError(path, error);
  }
  throw fileError("file.not-a-folder", { path, message: `\`${path}\` is a file, not a folder.` });
}

/**
 * Opens a file that a workflow names, and makes sure that what was opened lies in the workspace, even when somebody
 * swaps a folder for a symbolic link meanwhile. Fails as {@link resolveInside} does.
 */
export async function openInside(root: string, path: string): Promise<ConfinedFile> {
  const real = await resolveInside(root, path);
  // Without O_NONBLOCK, a pipe put in the file's place would hold the process for ever.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(real, flags).catch((error: unknown) => {
    throw readError(path, error);
  });
  try {
    requireInside(root, await openedPath(handle, real), path);
    if (!(await handle.stat()).isFile()) throw notAFile(path);
    return { handle, path: real };
  } catch (error) {
    await handle.close();
    throw readError(path, error);
  }
}

/**
 * Where an open file lies. Linux knows it for the handle itself; elsewhere the path is resolved once more and must
 * still lead to the file that was opened.
 */
export async function openedPath(handle: FileHandle, path: string): Promise<string> {
  if (process.platform === "linux") {
    const known = await readlink(`/proc/self/fd/${handle.fd}`).catch(() => undefined);
    if (known !== undefined) return known;
  }
  const real = await realpath(path);
  const now = await lstat(real, { bigint: true });
  const opened = await handle.stat({ bigint: true });
  if (now.ino !== opened.ino || now.dev !== opened.dev) throw new Error("the path changed while it was opened");
  return real;
}

/** Whether a real path is the folder or lies in it. */
export function isInside(root: string, real: string): boolean {
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep);
}

function requireInside(root: string, real: string, path: string): void {
  if (!isInside(root, real)) throw outside(path, "leads out of the workspace");
  if (namesStateFolder(relative(root, real))) throw outside(path, "leads into Inlay's own folder");
}

function notAFile(path: string): Error {
  return fileError("file.not-a-file", { path, message: `\`${path}\` is a folder or a device, not a file.` });
}

/** Says which name was meant, unless the nearest folder that exists lies outside: its names are nobody's business. */
async function notFound(root: string, wanted: string, path: string, what = "file"): Promise<Error> {
  const message = `There is no ${what} \`${path}\` in the workspace.`;
  const folder = await realpath(dirname(wanted)).catch(() => undefined);
  if (folder === undefined) return fileError("file.not-found", { path, message });
  if (!isInside(root, folder)) return outside(path, "leads out of the workspace");
  const close = await similarSibling(join(folder, basename(wanted)));
  const suggestion = close === undefined ? {} : { suggestion: `Did you mean \`${close}\`?` };
  return fileError("file.not-found", { path, message, ...suggestion });
}

/** The name in a path's folder that is most like the path's own, if one is. */
export async function similarSibling(path: string): Promise<string | undefined> {
  return suggestName(basename(path), await readdir(dirname(path)).catch(() => []));
}
