import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openWorkspace } from "../../src/workspace.ts";
import type { Workspace } from "../../src/workspace.ts";

/** Takes what is to be done at the end: of the test, or of what several tests share. */
export type OnEnd = (work: () => Promise<void>) => void;

/** A real folder that goes away with the test. */
export async function tempFolder(onEnd: OnEnd = onTestFinished): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "inlay-host-")));
  onEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A workspace in a real folder that goes away with the test. */
export async function tempWorkspace(onEnd?: OnEnd): Promise<Workspace> {
  return openWorkspace({ dir: await tempFolder(onEnd) });
}
