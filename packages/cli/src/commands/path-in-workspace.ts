import { realpath } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";

/** A workflow file's path in a workspace; of one that lies elsewhere, its name. */
export async function pathInWorkspace(dir: string, file: string): Promise<string> {
  const path = relative(dir, await realpath(file));
  return path.startsWith("..") || resolve(dir, path) !== (await realpath(file))
    ? basename(file)
    : path.split(sep).join("/");
}
