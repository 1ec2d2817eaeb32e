import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { spillStoreConformance } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { tempWorkspace } from "../test/support/temp-workspace.ts";
import { fileSpillStore } from "./spill-store.ts";

for (const { name, run } of spillStoreConformance(async () => fileSpillStore(await tempWorkspace()))) test(name, run);

test("nothing is left when it is closed, nor what a killed process has left", async () => {
  const workspace = await tempWorkspace();
  const folder = join(workspace.stateDir, "spill");
  // No process has this number: it is above the most that Linux gives.
  await mkdir(join(folder, "5000000-killed"), { recursive: true });
  const store = fileSpillStore(workspace);
  store.drop(await store.write(Uint8Array.of(1)));
  await store.write(Uint8Array.of(2));
  expect(await readdir(folder)).toHaveLength(1);
  await store.close();
  expect(await readdir(folder)).toEqual([]);
});

test("a store that was never used makes no folder", async () => {
  const workspace = await tempWorkspace();
  await fileSpillStore(workspace).close();
  await expect(readdir(workspace.stateDir)).rejects.toMatchObject({ code: "ENOENT" });
});
