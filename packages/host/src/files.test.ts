import { appendFile, mkdir, readFile, readdir, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileArtifacts } from "./artifacts.ts";
import { workspaceFiles } from "./files.ts";
import type { WorkspaceFiles } from "./files.ts";
import { expectCode } from "../test/support/expect-code.ts";
import { tempFolder, tempWorkspace } from "../test/support/temp-workspace.ts";
import type { Workspace } from "./workspace.ts";

const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

async function withFile(): Promise<{ workspace: Workspace; files: WorkspaceFiles; path: string }> {
  const workspace = await tempWorkspace();
  await mkdir(join(workspace.dir, "photos"));
  const path = join(workspace.dir, "photos", "a.png");
  await writeFile(path, "abc");
  return { workspace, path, files: workspaceFiles(workspace, fileArtifacts(workspace)) };
}

describe("a workflow's file", () => {
  test("is hashed and read, and nothing is written", async () => {
    const { workspace, files } = await withFile();
    const ref = await files.resolveFile("photos/a.png");
    expect(ref).toEqual({ kind: "file", name: "a.png", sha256: abc, size: 3 });
    expect(Buffer.from(await files.access.read(ref)).toString()).toBe("abc");
    await files.close();
    expect(await readdir(workspace.dir)).toEqual(["photos"]);
  });

  test("that changes after it was resolved is not read", async () => {
    const { files, path } = await withFile();
    const ref = await files.resolveFile("photos/a.png");
    await appendFile(path, "d");
    await expectCode(files.access.read(ref), "file.changed");
    await rm(path);
    await expectCode(files.access.read(ref), "file.changed");
  });

  test("that changes but has an equal copy is read from the copy", async () => {
    const { workspace, files, path } = await withFile();
    await writeFile(join(workspace.dir, "copy.png"), "abc");
    const ref = await files.resolveFile("photos/a.png");
    await files.resolveFile("copy.png");
    await appendFile(path, "d");
    expect(Buffer.from(await files.access.read(ref)).toString()).toBe("abc");
  });

  test("of more than 2 GiB is refused before it is hashed", async () => {
    const { files, path } = await withFile();
    await truncate(path, 2 ** 31);
    await expectCode(files.resolveFile("photos/a.png"), "file.too-large");
  });

  test("is not read after an abort", async () => {
    const { files } = await withFile();
    const ref = await files.resolveFile("photos/a.png");
    const reason = new Error("stop");
    await expect(files.access.read(ref, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  test("is hashed again when only its times moved, and is the same file", async () => {
    const { files, path } = await withFile();
    await files.resolveFile("photos/a.png");
    await utimes(path, 1, 1);
    expect(await files.resolveFile("photos/a.png")).toMatchObject({ sha256: abc });
  });
});

describe("a caller's file", () => {
  test("from anywhere becomes an artifact that later changes do not reach", async () => {
    const { files } = await withFile();
    const path = join(await tempFolder(), "me.jpg");
    await writeFile(path, "abc");
    const ref = await files.importCallerFile(path);
    await rm(path);
    expect(ref).toEqual({ kind: "file", name: "me.jpg", sha256: abc, size: 3 });
    expect(Buffer.from(await files.access.read(ref)).toString()).toBe("abc");
  });

  test("of more than 2 GiB is refused before it is copied", async () => {
    const { workspace, files, path } = await withFile();
    await truncate(path, 2 ** 31);
    await expectCode(files.importCallerFile(path), "file.too-large");
    expect(await readdir(join(workspace.stateDir, "artifacts"))).toEqual([]);
  });

  test("that is missing or a folder fails by name", async () => {
    const { files } = await withFile();
    const folder = await tempFolder();
    await expectCode(files.importCallerFile(join(folder, "no.jpg")), "file.not-found");
    await expectCode(files.importCallerFile(folder), "file.not-a-file");
    await expectCode(files.importCallerFile("/dev/zero"), "file.not-a-file");
  });
});

describe("an asset", () => {
  test("inside the workflow is decoded and checked", async () => {
    const { files } = await withFile();
    const asset = { name: "mask.png", sha256: abc, data: Buffer.from("abc").toString("base64") };
    const ref = await files.resolveAsset(asset);
    expect(ref).toEqual({ kind: "file", name: "mask.png", sha256: abc, size: 3 });
    expect(Buffer.from(await files.access.read(ref)).toString()).toBe("abc");
    await expectCode(files.resolveAsset({ ...asset, data: "AAAA" }), "file.bad-asset");
  });

  test("beside the workflow is confined like any file and checked", async () => {
    const { files } = await withFile();
    expect(await files.resolveAsset({ name: "m", sha256: abc, path: "photos/a.png" })).toMatchObject({ size: 3 });
    await expectCode(files.resolveAsset({ name: "m", sha256: abc, path: "../a.png" }), "file.outside-workspace");
    const other = abc.replace("b", "c");
    await expectCode(files.resolveAsset({ name: "m", sha256: other, path: "photos/a.png" }), "file.bad-asset");
  });

  test("without content must be in the store", async () => {
    const { files } = await withFile();
    await expectCode(files.resolveAsset({ name: "m", sha256: abc }), "artifact.missing");
  });
});

test("a file of unknown content is not found", async () => {
  const { files } = await withFile();
  await expectCode(files.access.read({ kind: "file", name: "x", sha256: abc, size: 3 }), "file.not-found");
});

test("hashes of settled files are remembered for the next process; a forged memory is only believed for that file", async () => {
  const { workspace, files, path } = await withFile();
  await new Promise((resolve) => setTimeout(resolve, 2100));
  await files.resolveFile("photos/a.png");
  await files.close();
  const cache = join(workspace.stateDir, "stat-cache.json");
  const text = await readFile(cache, "utf8");
  expect(Object.values(JSON.parse(text) as object)).toEqual([abc]);

  const other = "f".repeat(64);
  await writeFile(cache, text.replace(abc, other));
  const next = workspaceFiles(workspace, fileArtifacts(workspace));
  const ref = await next.resolveFile("photos/a.png");
  expect(ref.sha256).toBe(other);
  await expectCode(next.access.read(ref), "file.changed");
  await writeFile(path, "abcd");
  expect((await next.resolveFile("photos/a.png")).sha256).not.toBe(other);
});
