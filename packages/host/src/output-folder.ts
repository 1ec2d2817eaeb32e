import { hash } from "node:crypto";
import { constants } from "node:fs";
import { access, lstat, mkdir, readFile, realpath, stat } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { WriteRequest, WrittenFile } from "@inlay/engine";
import { createFile, removeAbandoned, replaceFile } from "./atomic-file.ts";
import { isInside, openedPath } from "./confine.ts";
import { errno, fileError, isMissing, writeError } from "./file-error.ts";
import { namesStateFolder, numbered, outside, writableParts } from "./file-names.ts";

/** Writes results into one folder and nowhere else. */
export type OutputWriter = (request: WriteRequest) => Promise<WrittenFile>;

/** More copies of one name than anybody wants. */
const mostNumbers = 100_000;

/**
 * A writer of result files: whole or not at all, and never over another file unless asked.
 *
 * The folder and the folders in it are made when the first file needs them. A file that is there already with the same
 * bytes, under the wanted or a numbered name, is left alone. Fails with `file.bad-name`, `file.outside-workspace` (a
 * symbolic link leads out of the output folder), `file.exists`, `file.unwritable` or `disk.full`.
 */
export function outputWriter(outDir: string): OutputWriter {
  const tidied = new Set<string>();

  return async (request) => {
    const parts = writableParts(request.path);
    const wanted = join(outDir, ...parts);
    try {
      const folder = await makeFolder(outDir, dirname(wanted), request.path);
      if (!tidied.has(folder.path)) await removeAbandoned(folder.path);
      tidied.add(folder.path);
      return await place(request, join(folder.path, parts.at(-1) ?? ""), folder.root);
    } catch (error) {
      throw writeError(wanted, error);
    }
  };
}

/**
 * Says before anything is spent that results could not be written: the folder, or the nearest one above it, is not a
 * folder or may not be written to. Makes nothing. Fails with `file.unwritable` or `file.bad-name`.
 */
export async function checkOutFolder(outDir: string): Promise<void> {
  try {
    const nearest = await nearestPresent(outDir);
    if (!(await stat(nearest)).isDirectory()) throw notAFolder(outDir, nearest);
    await access(nearest, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw writeError(outDir, error);
  }
}

/** The path itself or the nearest one above it that something has; a link that leads nowhere is something. */
async function nearestPresent(path: string): Promise<string> {
  try {
    await lstat(path);
    return path;
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return nearestPresent(dirname(path));
  }
}

/** Makes a folder one step at a time, so that none is made behind a symbolic link that leads out. */
export async function makeFolder(
  outDir: string,
  wanted: string,
  path: string,
): Promise<{ root: string; path: string }> {
  await makeFolders(outDir);
  const root = await realpath(outDir);
  if (!(await stat(root)).isDirectory()) throw notAFolder(outDir);
  let folder = root;
  for (const name of wanted.slice(outDir.length).split(/[/\\]/).filter(Boolean)) {
    await mkdir(join(folder, name)).catch(ignoreExisting);
    folder = await realpath(join(folder, name));
    if (!isInside(root, folder)) throw outside(path, "leads out of the output folder");
    if (namesStateFolder(relative(root, folder))) throw outside(path, "leads into Inlay's own folder");
  }
  return { root, path: folder };
}

/** Makes a folder and those above it. Node's own way to do so never ends where no folder can be made, as in `/proc`. */
async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (errno(error) !== "ENOENT" || dirname(path) === path) return ignoreExisting(error);
    await makeFolders(dirname(path));
    await mkdir(path).catch(ignoreExisting);
  }
}

function notAFolder(path: string, file = path): Error {
  const message =
    file === path
      ? `The output folder \`${path}\` is not a folder.`
      : `The output folder \`${path}\` cannot be made: \`${file}\` is not a folder.`;
  return fileError("file.unwritable", { path, message, suggestion: "Choose another output folder." });
}

function ignoreExisting(error: unknown): void {
  if (errno(error) !== "EEXIST") throw error;
}

async function place(request: WriteRequest, wanted: string, root: string): Promise<WrittenFile> {
  const { bytes, onExists } = request;
  const sha256 = hash("sha256", bytes);
  const done = (path: string, unchanged: boolean): WrittenFile => ({ path, sha256, size: bytes.byteLength, unchanged });
  const inspect = async (handle: FileHandle, path: string): Promise<void> => {
    if (!isInside(root, await openedPath(handle, path))) throw outside(request.path, "leads out of the output folder");
  };

  for (let number = 1; number <= mostNumbers; number++) {
    const path = number === 1 ? wanted : join(dirname(wanted), numbered(basename(wanted), number));
    const present = await compare(path, bytes.byteLength, sha256);
    if (present === "same") return done(path, true);
    if (present === "free" && (await createFile(path, bytes, { inspect }))) return done(path, false);
    // Another process was faster: it may have written the very same.
    if (present === "free" && (await compare(path, bytes.byteLength, sha256)) === "same") return done(path, true);
    if (onExists === "overwrite") {
      await replaceFile(path, bytes, { inspect });
      return done(path, false);
    }
    if (onExists === "error") break;
  }
  throw fileError("file.exists", {
    path: request.path,
    message: `\`${wanted}\` exists and has other content.`,
    suggestion: "Choose another name, or let the save number or overwrite its files.",
  });
}

/** What stands at a path: nothing, the same bytes, or something else. */
async function compare(path: string, size: number, sha256: string): Promise<"free" | "same" | "other"> {
  try {
    const info = await lstat(path);
    if (!info.isFile() || info.size !== size) return "other";
    return hash("sha256", await readFile(path)) === sha256 ? "same" : "other";
  } catch (error) {
    if (isMissing(error)) return "free";
    return "other";
  }
}
