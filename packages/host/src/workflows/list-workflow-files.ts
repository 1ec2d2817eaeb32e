import { hash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, maxJsonBytes } from "@inlay/engine";

/** A line in the list of workflows. */
export interface WorkflowEntry {
  readonly path: string;
  readonly name?: string;
  readonly sha256: string;
  readonly size: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly modified: number;
}

/** What was found in files before, by path: a file that has not changed is not read again. */
type Known = Map<string, { readonly signature: string; readonly entry: WorkflowEntry | undefined }>;

const deepest = 4;
const mostFiles = 2_000;

/** The workflow files in the root of a workspace and under `workflows`, the one written last first. */
export async function listWorkflowFiles(root: string, known: Known): Promise<readonly WorkflowEntry[]> {
  const paths = [...(await jsonFiles(root, "", 1)), ...(await jsonFiles(root, "workflows", deepest))];
  const entries: WorkflowEntry[] = [];
  for (const path of paths.slice(0, mostFiles)) {
    const entry = await entryOf(root, path, known);
    if (entry) entries.push(entry);
  }
  return entries.sort((a, b) => b.modified - a.modified || (a.path < b.path ? -1 : 1));
}

/** Links are not followed: where they lead is read when a workflow is opened, under its rules. */
async function jsonFiles(root: string, folder: string, depth: number): Promise<string[]> {
  if (depth === 0) return [];
  const found = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const paths: string[] = [];
  for (const item of found) {
    if (item.name.startsWith(".")) continue;
    const path = folder === "" ? item.name : `${folder}/${item.name}`;
    if (item.isFile() && item.name.toLowerCase().endsWith(".json")) paths.push(path);
    if (item.isDirectory()) paths.push(...(await jsonFiles(root, path, depth - 1)));
  }
  return paths;
}

async function entryOf(root: string, path: string, known: Known): Promise<WorkflowEntry | undefined> {
  const info = await stat(join(root, path)).catch(() => undefined);
  if (!info || info.size > maxJsonBytes) return undefined;
  const signature = `${info.ino} ${info.size} ${info.mtimeMs} ${info.ctimeMs}`;
  const before = known.get(path);
  if (before?.signature === signature) return before.entry;
  const entry = await readEntry(root, path, info.mtimeMs);
  known.set(path, { signature, entry });
  return entry;
}

/** A file that says which version of the format it has is a workflow, were it a broken one. */
async function readEntry(root: string, path: string, modified: number): Promise<WorkflowEntry | undefined> {
  const bytes = await readFile(join(root, path)).catch(() => undefined);
  const content = bytes && parse(bytes.toString("utf8"));
  if (bytes === undefined || !isJsonObject(content) || !("inlay" in content)) return undefined;
  const { name } = content;
  return {
    path,
    ...(typeof name === "string" && { name }),
    sha256: hash("sha256", bytes),
    size: bytes.length,
    modified: Math.round(modified),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
