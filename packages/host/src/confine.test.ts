import { execFileSync } from "node:child_process";
import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openInside, resolveInside } from "./confine.ts";
import { expectCode } from "../test/support/expect-code.ts";
import { tempFolder } from "../test/support/temp-workspace.ts";

async function workspaceAndOutside(): Promise<{ root: string; outside: string }> {
  const folder = await tempFolder();
  const root = join(folder, "workspace");
  const outside = join(folder, "outside");
  await mkdir(join(root, "photos"), { recursive: true });
  await mkdir(outside);
  await writeFile(join(root, "photos", "coffee.png"), "coffee");
  await writeFile(join(outside, "secret.txt"), "secret");
  return { root, outside };
}

describe("a path that a workflow names", () => {
  test("is found inside the workspace", async () => {
    const { root } = await workspaceAndOutside();
    expect(await resolveInside(root, "photos/coffee.png")).toBe(join(root, "photos", "coffee.png"));
  });

  test("may go through a symbolic link that stays inside", async () => {
    const { root } = await workspaceAndOutside();
    await symlink("photos", join(root, "link"));
    expect(await resolveInside(root, "link/coffee.png")).toBe(join(root, "photos", "coffee.png"));
  });

  test("must not end at a symbolic link that leads out", async () => {
    const { root, outside } = await workspaceAndOutside();
    await symlink(join(outside, "secret.txt"), join(root, "innocent.png"));
    await expectCode(resolveInside(root, "innocent.png"), "file.outside-workspace");
  });

  test("must not pass a folder that is a link out, nor learn what exists there", async () => {
    const { root, outside } = await workspaceAndOutside();
    await symlink(outside, join(root, "away"));
    await expectCode(resolveInside(root, "away/secret.txt"), "file.outside-workspace");
    const { suggestion } = await expectCode(resolveInside(root, "away/secret.tx"), "file.outside-workspace");
    expect(suggestion).not.toContain("secret.txt");
  });

  test("does not confuse a sibling folder whose name begins alike", async () => {
    const { root } = await workspaceAndOutside();
    await mkdir(`${root}-evil`);
    await writeFile(`${root}-evil/x.png`, "");
    await symlink(`${root}-evil/x.png`, join(root, "x.png"));
    await expectCode(resolveInside(root, "x.png"), "file.outside-workspace");
  });

  test("must not reach Inlay's own folder, not even through a link", async () => {
    const { root } = await workspaceAndOutside();
    await mkdir(join(root, ".inlay"));
    await writeFile(join(root, ".inlay", "salt"), "salt");
    await symlink(".inlay/salt", join(root, "salt.png"));
    await expectCode(resolveInside(root, ".inlay/salt"), "file.outside-workspace");
    await expectCode(resolveInside(root, "salt.png"), "file.outside-workspace");
  });

  test("that is missing names the sibling that was meant", async () => {
    const { root } = await workspaceAndOutside();
    const { suggestion } = await expectCode(resolveInside(root, "photos/cofee.png"), "file.not-found");
    expect(suggestion).toBe("Did you mean `coffee.png`?");
  });

  test.each(["photos", ".", "photos/coffee.png/x"])("%j is no file", async (path) => {
    const { root } = await workspaceAndOutside();
    const error = path.endsWith("x") ? "file.not-found" : "file.not-a-file";
    await expectCode(resolveInside(root, path), error);
  });

  test("that is a pipe is refused without waiting for it", async () => {
    const { root } = await workspaceAndOutside();
    execFileSync("mkfifo", [join(root, "pipe.png")]);
    await expectCode(openInside(root, "pipe.png"), "file.not-a-file");
  });

  test("in a circle of links is unreadable", async () => {
    const { root } = await workspaceAndOutside();
    await symlink("b", join(root, "a"));
    await symlink("a", join(root, "b"));
    await expectCode(openInside(root, "a"), "file.unreadable");
  });
});

test("swapping a folder for a link out while files are opened never yields the outside file", async () => {
  const { root, outside } = await workspaceAndOutside();
  await mkdir(join(root, "flip"));
  await writeFile(join(root, "flip", "secret.txt"), "inside");
  await symlink(outside, join(root, "evil"));
  let stop = false;
  const swapping = (async () => {
    for (let i = 0; i < 400 && !stop; i++) {
      await rename(join(root, "flip"), join(root, "kept"));
      await rename(join(root, "evil"), join(root, "flip"));
      await rename(join(root, "flip"), join(root, "evil"));
      await rename(join(root, "kept"), join(root, "flip"));
    }
  })();
  for (let i = 0; i < 150; i++) {
    const text = await openInside(root, "flip/secret.txt").then(
      async ({ handle }) => {
        const content = await handle.readFile("utf8");
        await handle.close();
        return content;
      },
      () => "refused",
    );
    expect(["inside", "refused"]).toContain(text);
  }
  stop = true;
  await swapping;
  await rm(join(root, "evil"), { force: true });
});
