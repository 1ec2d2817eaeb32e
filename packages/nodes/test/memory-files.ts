import { createHash } from "node:crypto";
import { EngineError, type ArtifactStore, type FileAccess, type WriteRequest } from "@inlay/engine";
import { fileRef } from "./pictures.ts";

/** A file system of one folder, by path; files that were there before are read by their names. */
export function memoryFiles(initial: Record<string, Uint8Array> = {}) {
  const stored = new Map(Object.entries(initial));
  const files: FileAccess = {
    read: async (file, signal) => {
      signal?.throwIfAborted();
      const bytes =
        stored.get(file.name) ?? [...stored.values()].find((each) => fileRef("", each).sha256 === file.sha256);
      if (!bytes) throw new EngineError({ code: "file.not-found", message: file.name });
      return bytes;
    },
    list: async ({ folder, recursive, accepts, limit }) => {
      const found = Array.from(stored, ([name, bytes]) => ({
        path: name.slice(folder.length + 1),
        name,
        bytes,
      })).filter(
        ({ name, path }) => name.startsWith(`${folder}/`) && (recursive || !path.includes("/")) && accepts(path),
      );
      if (found.length > limit) throw new EngineError({ code: "file.too-many", message: folder });
      return found
        .sort((one, other) => (one.path < other.path ? -1 : 1))
        .map(({ path, bytes }) => ({ path, file: fileRef(path.split("/").at(-1)!, bytes) }));
    },
    write: async (request) => {
      const path = placeFor(request, stored);
      const { sha256, size } = fileRef(path, request.bytes);
      const unchanged = isSame(stored.get(path), request.bytes);
      stored.set(path, request.bytes.slice());
      return { path, sha256, size, unchanged };
    },
  };
  return { files, stored };
}

/** Where a file goes under its policy. */
function placeFor({ path, bytes, onExists }: WriteRequest, stored: ReadonlyMap<string, Uint8Array>): string {
  if (!/^[^/\\:\0]+(\/[^/\\:\0]+)*$/.test(path) || path.split("/").some((part) => part === "." || part === ".."))
    throw new EngineError({ code: "file.bad-name", message: path });
  const dot = path.lastIndexOf(".") < 0 ? path.length : path.lastIndexOf(".");
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? path : `${path.slice(0, dot)}-${number}${path.slice(dot)}`;
    const before = stored.get(wanted);
    if (before === undefined || onExists === "overwrite" || isSame(before, bytes)) return wanted;
    if (onExists === "error") throw new EngineError({ code: "file.exists", message: path });
  }
}

function isSame(before: Uint8Array | undefined, bytes: Uint8Array): boolean {
  return before !== undefined && Buffer.compare(before, bytes) === 0;
}

/** Bytes by their hash. */
export function memoryArtifacts() {
  const stored = new Map<string, Uint8Array>();
  const artifacts: ArtifactStore = {
    put: async (bytes, { mime }) => {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      stored.set(sha256, bytes.slice());
      return { kind: "artifact", sha256, size: bytes.length, mime };
    },
    get: async (sha256) => {
      const bytes = stored.get(sha256);
      if (!bytes) throw new EngineError({ code: "artifact.missing", message: sha256 });
      return bytes.slice();
    },
    has: async (sha256) => stored.has(sha256),
  };
  return { artifacts, stored };
}
