import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { layeredCache, memoryCache } from "@inlay/engine";
import {
  artifactStoreConformance,
  engineHostConformance,
  fileAccessConformance,
  resolveFileConformance,
  resultCacheConformance,
  type ConformanceCase,
} from "@inlay/engine/testing";
import { describe, onTestFinished, test } from "vitest";
import { fileArtifacts } from "../src/artifacts.ts";
import { workspaceFiles } from "../src/files.ts";
import { nodeHost } from "../src/node-host.ts";
import { diskResultCache } from "../src/result-cache/disk-result-cache.ts";
import { openWorkspace } from "../src/workspace.ts";
import type { Workspace } from "../src/workspace.ts";
import { tempFolder, tempWorkspace } from "./support/temp-workspace.ts";

/** What Node lends the engine keeps the rules of the engine's ports. */
const ports: Readonly<Record<string, readonly ConformanceCase[]>> = {
  "the host of Node": engineHostConformance(nodeHost),
  "artifacts on disk": artifactStoreConformance(async () => artifactsOf(await tempWorkspace())),
  "results on disk": resultCacheConformance(async () => diskResultCache({ workspace: await tempWorkspace() })),
  "results in memory and on disk": resultCacheConformance(async () =>
    layeredCache(memoryCache({ maxBytes: 1e6 }), await diskResultCache({ workspace: await tempWorkspace() })),
  ),
  "results on disk, of which memory has room for none": resultCacheConformance(async () =>
    layeredCache(memoryCache({ maxBytes: 0 }), await diskResultCache({ workspace: await tempWorkspace() })),
  ),
  "the files of a workspace": fileAccessConformance(async () => {
    const workspace = await tempWorkspace();
    const files = workspaceFiles(workspace, artifactsOf(workspace));
    return {
      files: files.access,
      async place(path, bytes) {
        await mkdir(dirname(join(workspace.dir, path)), { recursive: true });
        await writeFile(join(workspace.dir, path), bytes);
        return files.resolveFile(path);
      },
      written: () => contentOf(workspace.outDir),
      aborted: (reason) => AbortSignal.abort(reason),
    };
  }),
  "the paths of a workspace": resolveFileConformance(async () => {
    const dir = join(await tempFolder(), "workspace");
    await mkdir(dir);
    const workspace = await openWorkspace({ dir });
    return {
      resolveFile: workspaceFiles(workspace, artifactsOf(workspace)).resolveFile,
      async write(path, bytes) {
        await mkdir(dirname(join(dir, path)), { recursive: true });
        await writeFile(join(dir, path), bytes);
      },
      link: (from, to) => symlink(to, join(dir, from)),
    };
  }),
};

describe.each(Object.entries(ports))("%s", (_name, cases) => {
  test.each(cases.map(({ name, run }) => [name, run] as const))("%s", (_rule, run) => run());
});

function artifactsOf(workspace: Workspace): ReturnType<typeof fileArtifacts> {
  const artifacts = fileArtifacts(workspace);
  onTestFinished(() => artifacts.close());
  return artifacts;
}

async function contentOf(folder: string): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = files.map(
    async (file) => [relative(folder, file).replaceAll(sep, "/"), await readFile(file)] as const,
  );
  return new Map(await Promise.all(contents));
}
