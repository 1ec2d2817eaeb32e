import { readdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { errorData, type ErrorData, type WrittenFile } from "@inlay/engine";
import { openInside } from "./confine.ts";
import { fileError, isMissing, readError } from "./file-error.ts";
import { outputWriter } from "./output-folder.ts";
import type { Workspace } from "./workspace.ts";

/** The folder of a workspace in which models lie: data that travels with the workflows that use them. */
const modelsFolder = "models";
/** Files that are read; a folder with more holds something else. */
const mostFiles = 500;
/** Folders in folders. */
const deepest = 8;

/** A file in `models/`: its text, or why it could not be read. */
export type ModelFileText =
  { readonly path: string; readonly text: string } | { readonly path: string; readonly problem: ErrorData };

/**
 * The JSON files in a workspace's `models/`, in the order of their paths. Links that lead out of the workspace, and files
 * of more than `maxBytes`, are problems and not read.
 */
export async function readModelFiles(
  { dir }: Pick<Workspace, "dir">,
  maxBytes: number,
): Promise<readonly ModelFileText[]> {
  const root = await realpath(dir).catch(() => dir);
  const paths = (await filesIn(root, modelsFolder, 0)).toSorted().slice(0, mostFiles);
  return Promise.all(
    paths.map(async (path) => {
      try {
        return { path, text: await readText(root, path, maxBytes) };
      } catch (error) {
        return { path, problem: errorData(error) };
      }
    }),
  );
}

/** Writes a model's file into `models/`. Fails with `file.exists` for another model of that name unless it is to be replaced. */
export async function writeModelFile(
  { dir }: Pick<Workspace, "dir">,
  file: { readonly id: string; readonly text: string; readonly replace: boolean },
): Promise<WrittenFile> {
  return outputWriter(dir)({
    path: `${modelsFolder}/${file.id}.json`,
    bytes: Buffer.from(file.text),
    mime: "application/json",
    onExists: file.replace ? "overwrite" : "error",
  });
}

async function filesIn(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error) || depth > 0) return [];
    throw readError(folder, error);
  });
  const found: string[] = [];
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory() && depth < deepest) found.push(...(await filesIn(root, path, depth + 1)));
    else if (/\.json$/i.test(entry.name) && !entry.isDirectory() && found.length < mostFiles) found.push(path);
  }
  return found;
}

async function readText(root: string, path: string, maxBytes: number): Promise<string> {
  const { handle } = await openInside(root, path);
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) {
      throw fileError("file.too-large", {
        path,
        message: `\`${path}\` is too large for a model.`,
        expected: `at most ${maxBytes} bytes`,
      });
    }
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}
