import { cp, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** The repository's `examples/`. */
export const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

/** What a command needs to know the nodes that lie in an example's own folder. */
export function packsOf(name: string): string[] {
  const files = readdirSync(join(examples, name)).filter((file) => /(?<!\.test)\.mjs$/.test(file));
  return files.flatMap((file) => ["--pack", join(examples, name, file)]);
}

/** Makes an empty folder; whoever calls it removes it. */
export async function makeFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), "inlay-test-")));
}

/** An empty folder that is gone after the test. */
export async function tempFolder(): Promise<string> {
  const folder = await makeFolder();
  onTestFinished(() => removeFolder(folder));
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Copies an example's own files into a folder, without what earlier runs left there. */
export async function copyExample(name: string, folder: string): Promise<string> {
  const left = new Set([".inlay", "outputs"]);
  await cp(join(examples, name), folder, { recursive: true, filter: (source) => !left.has(basename(source)) });
  return folder;
}

/** A copy of an example as a workspace of the test's own. */
export async function exampleWorkspace(name: string): Promise<string> {
  return copyExample(name, await tempFolder());
}

/** The names in the output folder of a workspace, partial files too; none when there is no such folder. */
export async function outputsOf(workspace: string): Promise<string[]> {
  return readdir(join(workspace, "outputs"), { recursive: true }).catch(() => []);
}
