import { hash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { openInside } from "../confine.ts";
import { fileError } from "../file-error.ts";
import { relativeParts } from "../file-names.ts";
import { signature } from "../stat-cache.ts";

const mostBytes = 2 ** 30;

/** A file of the workspace, named by what the system says of it: the name is another one after each change. */
export interface VisibleFile {
  readonly name: string;
  read(): Promise<Uint8Array>;
  sha256(bytes: Uint8Array): string;
}

/** The bytes of a file of the workspace that does not hide. Fails with `file.*`. */
export function readVisible(root: string, path: string): Promise<Uint8Array> {
  return withFile(root, path, (handle) => handle.readFile());
}

/** Looks at a file without reading it: what it holds is read when it is wanted. Fails with `file.*`. */
export async function lookAtVisible(root: string, path: string): Promise<VisibleFile> {
  const stats = await withFile(root, path, (handle) => handle.stat({ bigint: true }));
  return {
    name: hash("sha256", signature(stats)),
    read: () => readVisible(root, path),
    sha256: (bytes) => hash("sha256", bytes),
  };
}

async function withFile<T>(root: string, path: string, use: (handle: FileHandle) => Promise<T>): Promise<T> {
  if (relativeParts(path).some((part) => part.startsWith("."))) {
    throw fileError("file.not-found", { path, message: `There is no file \`${path}\` in the workspace.` });
  }
  const { handle } = await openInside(root, path);
  try {
    if ((await handle.stat()).size > mostBytes) {
      throw fileError("file.too-large", { path, message: `\`${path}\` is larger than 1 GiB.` });
    }
    return await use(handle);
  } finally {
    await handle.close();
  }
}
