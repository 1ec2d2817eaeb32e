import { readdir } from "node:fs/promises";
import type { Dirent } from "node:fs";
import { join, relative, sep } from "node:path";
import { errorData } from "@inlay/engine";
import type { FileAccess, FileRef, FolderRequest, ListedFile } from "@inlay/engine";
import { resolveFolderInside } from "./confine.ts";
import { fileError, readError } from "./file-error.ts";
import type { Workspace } from "./workspace.ts";

/**
 * Lists the files of a workspace's folder. Hidden files and folders, Inlay's own folder, and what a symbolic link leads
 * to outside of the workspace are left out, as are results, unless the folder itself lies among them.
 *
 * Fails with `file.outside-workspace`, `file.not-found`, `file.not-a-folder`, `file.unreadable` or `file.too-many`.
 */
export function folderLister(
  workspace: Workspace,
  resolveFile: (path: string) => Promise<FileRef>,
): FileAccess["list"] {
  return async (request, signal) => {
    const root = await resolveFolderInside(workspace.dir, request.folder);
    const listed: ListedFile[] = [];
    for (const path of await pathsIn(root, request, workspace)) {
      signal?.throwIfAborted();
      const file = await unlessOutside(resolveFile(relative(workspace.dir, join(root, path)).split(sep).join("/")));
      if (file) listed.push({ file, path });
    }
    return listed;
  };
}

/** The wanted files' paths relative to the folder, sorted. Folders are read one after another, without recursion. */
async function pathsIn(root: string, request: FolderRequest, { outDir }: Workspace): Promise<readonly string[]> {
  const paths: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await entriesOf(join(root, folder), request.folder)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory() && request.recursive && join(root, path) !== outDir) folders.push(path);
      const isFile = entry.isFile() || entry.isSymbolicLink();
      if (isFile && request.accepts(path)) paths.push(path);
    }
    if (paths.length > request.limit) throw tooMany(request);
  }
  return paths.sort();
}

async function entriesOf(folder: string, path: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readError(path, error);
  });
}

/** A link may lead out of the workspace, to a folder, or nowhere: then it is no file of the folder. */
async function unlessOutside(file: Promise<FileRef>): Promise<FileRef | undefined> {
  return file.catch((error: unknown) => {
    if (["file.outside-workspace", "file.not-a-file", "file.not-found"].includes(errorData(error).code))
      return undefined;
    throw error;
  });
}

function tooMany({ folder, limit }: FolderRequest): Error {
  return fileError("file.too-many", {
    path: folder,
    message: `The folder \`${folder}\` holds more files than may be listed.`,
    expected: `at most ${limit}`,
    suggestion: "Name a smaller folder, or a narrower pattern.",
  });
}
