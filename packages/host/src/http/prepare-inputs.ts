import { watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Workspace } from "../workspace.ts";
import type { Thumbnails } from "./thumbnails.ts";
import { lookAtVisible } from "./visible-file.ts";

/** The folder in which people put the pictures that they work on. */
const folder = "inputs";
/** What decodes slowly: others are small enough, or shrink while they are decoded, as JPEG does. */
const isSlow = /\.(png|tiff?|webp|avif|gif)$/i;
const leastBytes = 2 ** 20;
/** The newest: who works on older ones waits once. */
const mostPrepared = 40;
/** A server begins with what it is asked; and a file that is being copied is looked at when it is whole. */
const patienceMs = 1000;
const settleMs = 250;

/**
 * Makes thumbnails of the large pictures in `inputs`, one after the other, before anybody asks for them: of those that lie there
 * when the server starts, and of those that are put there later. The result ends it.
 */
export function prepareInputs({ dir }: Workspace, thumbnails: Thumbnails): () => void {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  const prepare = async (): Promise<void> => {
    for (const path of await largePictures(dir)) {
      if (isOver) return;
      const file = await lookAtVisible(dir, path).catch(() => undefined);
      if (file) await thumbnails.prepare(file);
    }
  };
  const soon = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void (working = working.then(prepare, prepare)), ms).unref();
  };

  soon(patienceMs);
  // Where the system tells of no changes, they are made when they are asked for.
  const watcher = tryWatch(join(dir, folder), () => soon(settleMs));
  return () => {
    isOver = true;
    clearTimeout(timer);
    watcher?.close();
  };
}

function tryWatch(path: string, onChange: () => void): ReturnType<typeof watch> | undefined {
  try {
    return watch(path, { persistent: false }, onChange).on("error", () => undefined);
  } catch {
    return undefined;
  }
}

/** The newest first. */
async function largePictures(dir: string): Promise<readonly string[]> {
  const names = (await readdir(join(dir, folder)).catch(() => [])).filter((name) => isSlow.test(name));
  const files = await Promise.all(
    names.map(async (name) => ({ name, info: await stat(join(dir, folder, name)).catch(() => undefined) })),
  );
  return files
    .filter(({ info }) => info?.isFile() === true && info.size >= leastBytes)
    .sort((a, b) => b.info!.mtimeMs - a.info!.mtimeMs)
    .slice(0, mostPrepared)
    .map(({ name }) => `${folder}/${name}`);
}
