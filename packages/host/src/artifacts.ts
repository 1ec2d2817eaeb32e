import { createHash, hash } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { EngineError } from "@inlay/engine";
import type { ArtifactRef, ArtifactStore } from "@inlay/engine";
import { removeAbandoned, removeOnFailure, replaceFile, syncFolder, temporaryBeside } from "./atomic-file.ts";
import { writeError } from "./file-error.ts";
import { makeStateFolder } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** An artifact store on disk, which also takes in what need not fit in memory. */
export interface FileArtifactStore extends ArtifactStore {
  /** Keeps what a source gives in pieces. Errors of the source pass through as they are when they have a code. */
  putStream(pieces: AsyncIterable<Uint8Array>, options: { readonly mime: string }): Promise<ArtifactRef>;
}

const hashPattern = /^[0-9a-f]{64}$/;

/**
 * Keeps bytes under their SHA-256 in `.inlay/artifacts/ab/abcdef…`, whole or not at all.
 *
 * What is read is verified: a file whose content does not have its name's hash counts as missing and is removed.
 * Writing fails with `disk.full` or `file.unwritable`; `get` fails with `artifact.missing`.
 * @example
 * const artifacts = fileArtifacts(workspace);
 * const { sha256 } = await artifacts.put(bytes, { mime: "image/png" });
 * await artifacts.get(sha256); // the same bytes
 */
export function fileArtifacts(workspace: Workspace): FileArtifactStore {
  const pathOf = (sha256: string): string => join(workspace.stateDir, "artifacts", sha256.slice(0, 2), sha256);

  return {
    async put(bytes, { mime }) {
      const sha256 = hash("sha256", bytes);
      const path = pathOf(sha256);
      if ((await readVerified(path, sha256)) === undefined) {
        await makeStateFolder(workspace, "artifacts", sha256.slice(0, 2));
        await replaceFile(path, bytes, { mode: 0o600 }).catch((error: unknown) => {
          throw writeError(path, error);
        });
      }
      return { kind: "artifact", sha256, size: bytes.byteLength, mime };
    },

    async putStream(pieces, { mime }) {
      const folder = await makeStateFolder(workspace, "artifacts");
      await removeAbandoned(folder);
      const temporary = temporaryBeside(join(folder, "import"));
      try {
        return await removeOnFailure(temporary, async () => {
          const { sha256, size } = await writeHashed(pieces, temporary);
          await makeStateFolder(workspace, "artifacts", sha256.slice(0, 2));
          await rename(temporary, pathOf(sha256));
          await syncFolder(dirname(pathOf(sha256)));
          return { kind: "artifact", sha256, size, mime };
        });
      } catch (error) {
        throw writeError(folder, error);
      }
    },

    async get(sha256) {
      const bytes = hashPattern.test(sha256) ? await readVerified(pathOf(sha256), sha256) : undefined;
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
  };
}

async function readVerified(path: string, sha256: string): Promise<Uint8Array | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined || hash("sha256", bytes) === sha256) return bytes;
  await rm(path, { force: true }).catch(() => undefined);
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
