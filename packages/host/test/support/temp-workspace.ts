import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openWorkspace } from "../../src/workspace.ts";
import type { Workspace } from "../../src/workspace.ts";

/** A real folder that goes away with the test. */
export async function tempFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "inlay-host-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A workspace in a real folder that goes away with the test. */
export async function tempWorkspace(): Promise<Workspace> {
  return openWorkspace({ dir: await tempFolder() });
}
