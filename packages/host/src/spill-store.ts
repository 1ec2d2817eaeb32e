import { mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SampleDepth, Samples, SpilledSamples, SpillStore } from "@inlay/engine";
import { makeStateFolder, type Workspace } from "./workspace.ts";

/** A spill store and its end. */
export interface FileSpillStore extends SpillStore {
  /** Removes all that is left. */
  close(): Promise<void>;
}

const spillFolder = "spill";

/**
 * Keeps samples as raw files in the workspace's `.inlay/spill`, in a folder of this process that is made when the first
 * ones come and removed at the end. What a killed process has left there is removed with it.
 */
export function fileSpillStore(workspace: Workspace): FileSpillStore {
  let folder: Promise<string> | undefined;
  let count = 0;
  const dropping = new Set<Promise<void>>();
  const place = async (id: string): Promise<string> => join(await (folder ??= makeFolder(workspace)), id);

  return {
    async write(samples) {
      const id = `${++count}.raw`;
      const path = await place(id);
      try {
        await writeFile(path, bytesOf(samples), { flag: "wx", mode: 0o600 });
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
      return { id, depth: depthOf(samples), size: samples.byteLength };
    },
    async read(spilled) {
      const samples = samplesFor(spilled);
      await fill(await place(spilled.id), bytesOf(samples));
      return samples;
    },
    drop({ id }) {
      const dropped = place(id)
        .then((path) => rm(path, { force: true }))
        .catch(() => undefined);
      dropping.add(dropped);
      void dropped.then(() => dropping.delete(dropped));
    },
    async close() {
      if (folder === undefined) return;
      await Promise.all(dropping);
      await rm(await folder, { recursive: true, force: true });
    },
  };
}

async function makeFolder(workspace: Workspace): Promise<string> {
  const parent = await makeStateFolder(workspace, spillFolder);
  for (const name of await readdir(parent)) {
    if (!isAlive(Number(name.split("-")[0]))) await rm(join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(join(parent, `${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Samples): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function depthOf(samples: Samples): SampleDepth {
  return samples instanceof Uint16Array ? "u16" : samples instanceof Float32Array ? "f32" : "u8";
}

function samplesFor({ depth, size }: SpilledSamples): Samples {
  const buffer = new ArrayBuffer(size);
  return depth === "u16"
    ? new Uint16Array(buffer)
    : depth === "f32"
      ? new Float32Array(buffer)
      : new Uint8Array(buffer);
}

async function fill(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path);
  try {
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) throw new Error("A file of samples that were written out is shorter than it was.");
      filled += bytesRead;
    }
  } finally {
    await file.close();
  }
}
