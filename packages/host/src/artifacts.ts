import { createHash, hash } from "node:crypto";
import { open, readFile, rename, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EngineError } from "@inlay/engine";
import type { ArtifactRef, ArtifactStore } from "@inlay/engine";
import { setTimeout as sleep } from "node:timers/promises";
import { removeAbandoned, removeIf, removeOnFailure, replaceFile, syncFolder, temporaryBeside } from "./atomic-file.ts";
import { writeError } from "./file-error.ts";
import { useMark } from "./storage/in-use.ts";
import { makeStateFolder } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** An artifact store on disk, which also takes in what need not fit in memory. */
export interface FileArtifactStore extends ArtifactStore {
  /** Keeps what a source gives in pieces. Errors of source and `check` pass through as they are when they have a code. */
  putStream(pieces: AsyncIterable<Uint8Array>, options: PutStreamOptions): Promise<ArtifactRef>;
  /** Says to other processes that what this one has used may go again. */
  close(): Promise<void>;
}

interface PutStreamOptions {
  readonly mime: string;
  /** Looks at all the bytes before they are kept; when it throws, nothing is. */
  readonly check?: (bytes: Uint8Array) => Promise<void>;
}

const hashPattern = /^[0-9a-f]{64}$/;

/** How long a file that another process looks at can be out of its place. */
const asideMs = 25;

/**
 * Keeps bytes under their SHA-256 in `.inlay/artifacts/ab/abcdef…`, whole or not at all.
 *
 * What is read is verified: a file whose content does not have its name's hash counts as missing and is removed.
 * What is put or read is marked as used, and stays while this process runs; `collectGarbage` says what goes later.
 * Writing fails with `disk.full` or `file.unwritable`; `get` fails with `artifact.missing`.
 * @param onStored told the size of what is new on disk
 * @example
 * const artifacts = fileArtifacts(workspace);
 * const { sha256 } = await artifacts.put(bytes, { mime: "image/png" });
 * await artifacts.get(sha256); // the same bytes
 */
export function fileArtifacts(workspace: Workspace, onStored?: (bytes: number) => void): FileArtifactStore {
  const use = useMark(workspace);
  const pathOf = (sha256: string): string => join(workspace.stateDir, "artifacts", sha256.slice(0, 2), sha256);

  const readMarked = async (sha256: string): Promise<Uint8Array | undefined> => {
    const path = pathOf(sha256);
    const isThere = await touch(path);
    if (isThere) await use.set();
    else await sleep(asideMs);
    return readVerified(path, sha256);
  };

  return {
    async put(bytes, { mime }) {
      const sha256 = hash("sha256", bytes);
      const path = pathOf(sha256);
      await use.set();
      // A file that cannot be marked as used is about to go.
      if ((await readVerified(path, sha256)) === undefined || !(await touch(path))) {
        await makeStateFolder(workspace, "artifacts", sha256.slice(0, 2));
        await replaceFile(path, bytes, { mode: 0o600 }).catch((error: unknown) => {
          throw writeError(path, error);
        });
        onStored?.(bytes.byteLength);
      }
      return { kind: "artifact", sha256, size: bytes.byteLength, mime };
    },

    async putStream(pieces, { mime, check }) {
      const folder = await makeStateFolder(workspace, "artifacts");
      await use.set();
      await removeAbandoned(folder);
      const temporary = temporaryBeside(join(folder, "import"));
      try {
        return await removeOnFailure(temporary, async () => {
          const { sha256, size } = await writeHashed(pieces, temporary);
          await check?.(await readFile(temporary));
          await makeStateFolder(workspace, "artifacts", sha256.slice(0, 2));
          await rename(temporary, pathOf(sha256));
          await syncFolder(dirname(pathOf(sha256)));
          onStored?.(size);
          return { kind: "artifact", sha256, size, mime };
        });
      } catch (error) {
        throw writeError(folder, error);
      }
    },

    async get(sha256) {
      const bytes = hashPattern.test(sha256) ? await readMarked(sha256) : undefined;
      if (bytes) return bytes;
      const message = `The artifact ${sha256} is no longer in the workspace.`;
      throw new EngineError({ code: "artifact.missing", message, received: sha256 });
    },

    async has(sha256) {
      if (!hashPattern.test(sha256)) return false;
      return stat(pathOf(sha256)).then(
        (info) => info.isFile(),
        () => false,
      );
    },

    close: () => use.release(),
  };
}

/** Marks a file as used now; false when it is not there. */
async function touch(path: string): Promise<boolean> {
  const now = new Date();
  return utimes(path, now, now).then(
    () => true,
    () => false,
  );
}

async function readVerified(path: string, sha256: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined || hash("sha256", bytes) === sha256) return bytes;
  await removeIf(path, async (aside) => hash("sha256", await readFile(aside)) !== sha256);
  return undefined;
}

async function writeHashed(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const digest = createHash("sha256");
  let size = 0;
  const target = await open(path, "wx", 0o600);
  try {
    for await (const bytes of pieces) {
      digest.update(bytes);
      size += bytes.byteLength;
      await target.writeFile(bytes);
    }
    await target.sync();
  } finally {
    await target.close();
  }
  return { sha256: digest.digest("hex"), size };
}
