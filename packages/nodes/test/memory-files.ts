import { createHash } from "node:crypto";
import { EngineError, type ArtifactStore, type FileAccess } from "@inlay/engine";
import { fileRef } from "./pictures.ts";

/** A file system by path. */
export function memoryFiles(initial: Record<string, Uint8Array> = {}) {
  const stored = new Map(Object.entries(initial));
  const files: FileAccess = {
    read: async (file) => {
      const bytes = stored.get(file.name);
      if (!bytes) throw new EngineError({ code: "file.not-found", message: file.name });
      return bytes;
    },
    list: async ({ folder, recursive, accepts }) =>
      Array.from(stored, ([name, bytes]) => ({ path: name.slice(folder.length + 1), name, bytes }))
        .filter(
          ({ name, path }) => name.startsWith(`${folder}/`) && (recursive || !path.includes("/")) && accepts(path),
        )
        .map(({ path, bytes }) => ({ path, file: fileRef(path.split("/").at(-1)!, bytes) })),
    write: async ({ path, bytes, onExists }) => {
      const before = stored.get(path);
      const unchanged = before !== undefined && Buffer.compare(before, bytes) === 0;
      if (before && !unchanged && onExists === "error") throw new EngineError({ code: "file.exists", message: path });
      const free = before && !unchanged && onExists === "number" ? `${path}-2` : path;
      stored.set(free, bytes);
      const { sha256, size } = fileRef(path, bytes);
      return { path: free, sha256, size, unchanged };
    },
  };
  return { files, stored };
}

/** Bytes by their hash. */
export function memoryArtifacts() {
  const stored = new Map<string, Uint8Array>();
  const artifacts: ArtifactStore = {
    put: async (bytes, { mime }) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      stored.set(sha256, bytes);
      return { kind: "artifact", sha256, size: bytes.length, mime };
    },
    get: async (sha256) => {
      const bytes = stored.get(sha256);
      if (!bytes) throw new EngineError({ code: "artifact.missing", message: sha256 });
      return bytes;
    },
    has: async (sha256) => stored.has(sha256),
  };
  return { artifacts, stored };
}
