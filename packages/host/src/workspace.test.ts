import { mkdir, readdir, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectCode } from "../test/support/expect-code.ts";
import { tempFolder, tempWorkspace } from "../test/support/temp-workspace.ts";
import { makeStateFolder, openWorkspace, workspaceId, workspaceSalt } from "./workspace.ts";

describe("opening a workspace", () => {
  test("writes nothing", async () => {
    const { dir } = await tempWorkspace();
    expect(await readdir(dir)).toEqual([]);
  });

  test("gives the real path behind a link", async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, "real"));
    await symlink("real", join(folder, "link"));
    const { dir, outDir } = await openWorkspace({ dir: join(folder, "link") });
    expect([dir, outDir]).toEqual([join(folder, "real"), join(folder, "real", "outputs")]);
  });

  test("fails on what is missing and on a file", async () => {
    const folder = await tempFolder();
    await writeFile(join(folder, "file"), "");
    await expectCode(openWorkspace({ dir: join(folder, "absent") }), "workspace.not-found");
    await expectCode(openWorkspace({ dir: join(folder, "file") }), "workspace.not-a-folder");
  });
});

describe("the state folder", () => {
  test("is for its owner only and not for git", async () => {
    const workspace = await tempWorkspace();
    await makeStateFolder(workspace, "cache");
    expect((await stat(workspace.stateDir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(workspace.stateDir, "cache"))).mode & 0o777).toBe(0o700);
    expect(await readdir(workspace.stateDir)).toEqual([".gitignore", "cache"]);
  });

  test("that others may read is closed to them", async () => {
    const workspace = await tempWorkspace();
    await mkdir(workspace.stateDir, { mode: 0o755 });
    await makeStateFolder(workspace);
    expect((await stat(workspace.stateDir)).mode & 0o777).toBe(0o700);
  });

  test("that is a link to somewhere else is refused", async () => {
    const workspace = await tempWorkspace();
    const elsewhere = await tempFolder();
    await symlink(elsewhere, workspace.stateDir);
    await expectCode(makeStateFolder(workspace), "workspace.unsafe");
    expect(await readdir(elsewhere)).toEqual([]);
  });

  test("must not lead through a link either", async () => {
    const workspace = await tempWorkspace();
    await makeStateFolder(workspace);
    await symlink(await tempFolder(), join(workspace.stateDir, "cache"));
    await expectCode(makeStateFolder(workspace, "cache"), "workspace.unsafe");
  });
});

describe("id and salt", () => {
  test("stay the same, and the salt is for its owner only", async () => {
    const workspace = await tempWorkspace();
    const first = [await workspaceId(workspace), await workspaceSalt(workspace)];
    expect([await workspaceId(workspace), await workspaceSalt(workspace)]).toEqual(first);
    expect(first[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(first[1]).toHaveLength(32);
    expect((await stat(join(workspace.stateDir, "salt"))).mode & 0o777).toBe(0o600);
  });

  test("are one each when many ask at once", async () => {
    const workspace = await tempWorkspace();
    const ids = await Promise.all(Array.from({ length: 20 }, () => workspaceId(workspace)));
    const salts = await Promise.all(Array.from({ length: 20 }, () => workspaceSalt(workspace)));
    expect(new Set(ids).size).toBe(1);
    expect(new Set(salts.map((salt) => Buffer.from(salt).toString("hex"))).size).toBe(1);
    expect((await readdir(workspace.stateDir)).sort()).toEqual([".gitignore", "salt", "workspace.json"]);
  });

  test("that are damaged are not replaced silently", async () => {
    const workspace = await tempWorkspace();
    await mkdir(workspace.stateDir);
    await writeFile(join(workspace.stateDir, "salt"), "short");
    await writeFile(join(workspace.stateDir, "workspace.json"), "{");
    await expectCode(workspaceSalt(workspace), "workspace.damaged");
    await expectCode(workspaceId(workspace), "workspace.damaged");
  });
});
