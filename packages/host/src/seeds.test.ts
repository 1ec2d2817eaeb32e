import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { seedSource } from "./seeds.ts";
import { tempWorkspace } from "../test/support/temp-workspace.ts";

test("random seeds are integers of 32 bits and differ", async () => {
  const next = seedSource(await tempWorkspace());
  const seeds = await Promise.all(Array.from({ length: 20 }, async () => next("random", "a")));
  expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32)).toBe(true);
  expect(new Set(seeds).size).toBeGreaterThan(15);
});

test("each place counts from 1, across processes", async () => {
  const workspace = await tempWorkspace();
  const next = seedSource(workspace);
  expect(await Promise.all([next("increment", "a"), next("increment", "a"), next("increment", "b")])).toEqual([
    1, 2, 1,
  ]);
  expect(await seedSource(workspace)("increment", "a")).toBe(3);
});

test("two workspaces count apart", async () => {
  const [one, two] = [seedSource(await tempWorkspace()), seedSource(await tempWorkspace())];
  expect([await one("increment", "a"), await two("increment", "a")]).toEqual([1, 1]);
});

test("damaged counters start again, and the largest seed is followed by 0", async () => {
  const workspace = await tempWorkspace();
  await mkdir(workspace.stateDir);
  const path = join(workspace.stateDir, "seeds.json");
  await writeFile(path, "{");
  expect(await seedSource(workspace)("increment", "a")).toBe(1);
  await writeFile(path, JSON.stringify({ a: 2 ** 32 - 1, b: "x" }));
  expect(await seedSource(workspace)("increment", "a")).toBe(0);
  expect(await seedSource(workspace)("increment", "b")).toBe(1);
});
