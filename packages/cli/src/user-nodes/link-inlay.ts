import { lstat, mkdir, readlink, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../package-root.ts";

/**
 * Lets plain Node and an editor find `inlay` from a folder: `node_modules/inlay` in it becomes a link to this Inlay,
 * unless something there or above is found already. A link that leads nowhere any more is made anew.
 * @returns the link, if one was made
 */
export async function linkInlay(folder: string): Promise<string | undefined> {
  if (findsInlay(folder)) return undefined;
  const modules = join(folder, "node_modules");
  const link = join(modules, "inlay");
  await mkdir(modules, { recursive: true });
  if (await leadsNowhere(link)) await rm(link);
  await symlink(fileURLToPath(packageRoot), link, "junction");
  return link;
}

function findsInlay(folder: string): boolean {
  try {
    createRequire(join(folder, "any.js")).resolve("inlay/testing");
    return true;
  } catch {
    return false;
  }
}

async function leadsNowhere(link: string): Promise<boolean> {
  const isLink = await readlink(link).then(
    () => true,
    () => false,
  );
  const isThere = await stat(link).then(
    () => true,
    () => false,
  );
  return isLink && !isThere && (await lstat(link)).isSymbolicLink();
}
