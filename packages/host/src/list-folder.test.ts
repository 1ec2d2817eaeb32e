import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FolderRequest } from "@inlay/engine";
import { expect, onTestFinished, test } from "vitest";
import { expectCode } from "../test/support/expect-code.ts";
import { tempFolder, tempWorkspace } from "../test/support/temp-workspace.ts";
import { fileArtifacts } from "./artifacts.ts";
import { workspaceFiles } from "./files.ts";

async function workspaceOf(...paths: string[]) {
  const workspace = await tempWorkspace();
  for (const path of paths) {
    await mkdir(join(workspace.dir, path, ".."), { recursive: true });
    await writeFile(join(workspace.dir, path), path);
  }
  const files = workspaceFiles(workspace, fileArtifacts(workspace));
  onTestFinished(() => files.close());
  const list = (request: Partial<FolderRequest> = {}) =>
    files.access.list({ folder: ".", recursive: true, accepts: () => true, limit: 100, ...request });
  return { workspace, list, files };
}

const pathsOf = (listed: readonly { readonly path: string }[]) => listed.map(({ path }) => path);

test("a folder's files are hashed and can be read; hidden ones, results and Inlay's own are left out", async () => {
  const { list, files } = await workspaceOf(
    "b.png",
    "sub/a.png",
    ".hidden/c.png",
    ".d.png",
    "outputs/e.png",
    ".inlay/f",
  );
  const listed = await list();
  expect(pathsOf(listed)).toEqual(["b.png", "sub/a.png"]);
  expect(listed[1]?.file).toMatchObject({ kind: "file", name: "a.png", size: 9 });
  expect(Buffer.from(await files.access.read(listed[1]!.file)).toString()).toBe("sub/a.png");
});

test("results are listed when they are asked for by name", async () => {
  const { list } = await workspaceOf("outputs/e.png");
  expect(pathsOf(await list({ folder: "outputs" }))).toEqual(["e.png"]);
});

test("without recursion and by what is accepted", async () => {
  const { list } = await workspaceOf("in/a.png", "in/b.txt", "in/sub/c.png");
  expect(pathsOf(await list({ folder: "in", recursive: false }))).toEqual(["a.png", "b.txt"]);
  expect(pathsOf(await list({ folder: "in/", accepts: (path) => path.endsWith(".png") }))).toEqual([
    "a.png",
    "sub/c.png",
  ]);
});

test("links that lead out of the workspace, to folders or nowhere are no files of the folder", async () => {
  const { workspace, list } = await workspaceOf("in/a.png");
  const elsewhere = await tempFolder();
  await writeFile(join(elsewhere, "secret.png"), "secret");
  await symlink(join(elsewhere, "secret.png"), join(workspace.dir, "in/out.png"));
  await symlink(elsewhere, join(workspace.dir, "in/folder"));
  await symlink(join(elsewhere, "none"), join(workspace.dir, "in/none.png"));
  await symlink(join(workspace.dir, "in/a.png"), join(workspace.dir, "in/link.png"));
  expect(pathsOf(await list({ folder: "in" }))).toEqual(["a.png", "link.png"]);
});

test("a folder outside, a missing one and a file are refused", async () => {
  const { workspace, list } = await workspaceOf("a.png", "inputs/b.png");
  await symlink(await tempFolder(), join(workspace.dir, "out"));
  await expectCode(list({ folder: ".." }), "file.outside-workspace");
  await expectCode(list({ folder: "/etc" }), "file.outside-workspace");
  await expectCode(list({ folder: "out" }), "file.outside-workspace");
  await expectCode(list({ folder: ".inlay" }), "file.not-found");
  await expectCode(list({ folder: "a.png" }), "file.not-a-folder");
  const missing = await expectCode(list({ folder: "input" }), "file.not-found");
  expect(missing.suggestion).toBe("Did you mean `inputs`?");
});

test("more files than wanted are refused before they are hashed", async () => {
  const { list } = await workspaceOf("a", "b", "c");
  await expectCode(list({ limit: 2 }), "file.too-many");
});
