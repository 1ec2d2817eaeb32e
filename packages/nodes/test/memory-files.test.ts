import { artifactStoreConformance, fileAccessConformance } from "@inlay/engine/testing";
import { describe, test } from "vitest";
import { memoryArtifacts, memoryFiles } from "./memory-files.ts";
import { fileRef } from "./pictures.ts";

describe("files in memory", () => {
  const cases = fileAccessConformance(() => {
    const placed = new Set<string>();
    const { files, stored } = memoryFiles();
    return {
      files,
      async place(name, bytes) {
        stored.set(name, bytes);
        placed.add(name);
        return fileRef(name, bytes);
      },
      written: async () => new Map([...stored].filter(([path]) => !placed.has(path))),
      aborted: (reason) => AbortSignal.abort(reason),
    };
  });
  test.each(cases.map(({ name, run }) => [name, run] as const))("%s", (_rule, run) => run());
});

describe("artifacts in memory", () => {
  const cases = artifactStoreConformance(() => memoryArtifacts().artifacts);
  test.each(cases.map(({ name, run }) => [name, run] as const))("%s", (_rule, run) => run());
});
