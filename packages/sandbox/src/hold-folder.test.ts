import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdFolder } from "./hold-folder.ts";

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "inlay-hold-test-"));
});

afterEach(() => rm(dir, { recursive: true }));

test("a folder that is held cannot be taken, not even by another name", async () => {
  const letGo = await holdFolder(dir);
  await expect(holdFolder(join(dir, "."))).rejects.toMatchObject({ data: { code: "sandbox.in-use" } });
  await letGo();
});

test("a folder that was let go of can be taken again", async () => {
  await (
    await holdFolder(dir)
  )();
  await (
    await holdFolder(dir)
  )();
});
