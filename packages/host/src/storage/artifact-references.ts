import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { maxJsonBytes } from "@inlay/engine";

const hashPattern = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g;

/** A workspace with more files than this is not searched. */
const mostFiles = 20_000;
const deepest = 8;

/**
 * The hashes that the JSON files of a workspace name: workflows keep large assets in the artifact store.
 * @returns undefined when there are too many files to look at, so that anything may be named
 */
export async function hashesInWorkflows(dir: string): Promise<ReadonlySet<string> | undefined> {
  const files = await jsonFiles(dir);
  if (!files) return undefined;
  const found = new Set<string>();
  for (const file of files) {
    const size = (await stat(file).catch(() => undefined))?.size ?? 0;
    // Nothing larger is read as a workflow.
    if (size > maxJsonBytes) continue;
    const text = await readFile(file, "utf8").catch(() => "");
    for (const [hash] of text.matchAll(hashPattern)) found.add(hash);
  }
  return found;
}

async function jsonFiles(dir: string): Promise<string[] | undefined> {
  const found: string[] = [];
  let seen = 0;
  let folders = [dir];
  for (let depth = 0; folders.length > 0; depth++) {
    if (depth > deepest) return undefined;
    const below: string[] = [];
    for (const folder of folders) {
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
        if (++seen > mostFiles) return undefined;
        const path = join(folder, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") below.push(path);
        else if (entry.name.endsWith(".json")) found.push(path);
      }
    }
    folders = below;
  }
  return found;
}
