import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sqliteJournal } from "../src/journal/sqlite-journal.ts";
import { collectGarbage } from "../src/storage/collect-garbage.ts";
import { diskResultCache } from "../src/result-cache/disk-result-cache.ts";
import { buildChild, startChild } from "./support/children.ts";
import type { Child } from "./support/children.ts";
import { tempFolder, tempWorkspace } from "./support/temp-workspace.ts";

let built: Awaited<ReturnType<typeof buildChild>> | undefined;
beforeAll(async () => {
  built = await buildChild();
});
afterAll(() => built?.remove());

function children(count: number, task: string, target: string): Promise<Child[]> {
  return Promise.all(Array.from({ length: count }, () => startChild(built?.file ?? "", task, target)));
}

async function answers(started: readonly Child[]): Promise<string[]> {
  for (const child of started) child.start();
  return Promise.all(started.map((child) => child.line()));
}

test("processes that begin at once agree on the workspace's id and salt", async () => {
  const { dir } = await tempWorkspace();
  const identities = await answers(await children(4, "identity", dir));
  expect(new Set(identities).size).toBe(1);
  expect(identities[0]).toMatch(/^\["[0-9a-f]{32}","[0-9a-f]{64}"\]$/);
});

test("of processes that open a new journal and claim a key at once, one gets it", async () => {
  const file = join(await tempFolder(), "journal.sqlite");
  const claims = await answers(await children(4, "claim", file));
  expect(claims.sort()).toEqual(["false", "false", "false", "true"]);
});

test("a killed process leaves its claim, and its owner is known to be dead", async () => {
  const file = join(await tempFolder(), "journal.sqlite");
  const [child] = await children(1, "claim", file);
  expect(await answers(child ? [child] : [])).toEqual(["true"]);
  const journal = await sqliteJournal({ file });
  const { claimed, record } = await journal.claim({ key: "k", provider: "p", account: "a", model: "m" });
  expect([claimed, record.state, await journal.ownerAlive(record)]).toEqual([false, "intent", true]);
  await child?.kill();
  expect(await journal.ownerAlive(record)).toBe(false);
  await journal.close();
});

test("a process that is killed while it writes a result leaves a whole one", async () => {
  const outDir = await tempFolder();
  for (const delay of [0, 3, 7]) {
    const [child] = await children(1, "saveForEver", outDir);
    expect(await answers(child ? [child] : [])).toEqual(["busy"]);
    await sleep(delay);
    await child?.kill();
    const bytes = await readFile(join(outDir, "result.bin"));
    expect(bytes.equals(Buffer.alloc(2 ** 20, bytes[0]))).toBe(true);
  }
  const visible = (await readdir(outDir)).filter((name) => !name.startsWith("."));
  expect(visible).toEqual(["result.bin"]);
});

test("a process that is killed while it fills the cache leaves whole entries", async () => {
  const workspace = await tempWorkspace();
  const [child] = await children(1, "cacheForEver", workspace.dir);
  expect(await answers(child ? [child] : [])).toEqual(["busy"]);
  await sleep(5);
  await child?.kill();
  const cache = await diskResultCache({ workspace });
  const found = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => cache.get(i.toString(16).padStart(64, "0"))),
  );
  const whole = found.filter((result) => result !== undefined);
  expect(whole.length).toBeGreaterThan(0);
  for (const { outputs } of whole) {
    const expected = Buffer.alloc(2 ** 19, Number(outputs["round"]) % 256);
    expect(expected.equals(outputs["data"] as Uint8Array)).toBe(true);
  }
});

test("processes that write, read and evict at once get what was written or nothing, and lose no artifact that they use", async () => {
  const workspace = await tempWorkspace();
  const found = (await answers(await children(3, "churn", workspace.dir))).map(
    (line) => JSON.parse(line) as { wrong: number; hits: number; misses: number },
  );
  for (const { wrong, hits, misses } of found) {
    expect(wrong).toBe(0);
    expect(misses).toBeGreaterThan(0);
    expect(hits).toBeGreaterThan(120);
  }
  expect(await readdir(join(workspace.stateDir, "users"))).toEqual([]);
  const { bytes } = await collectGarbage({ workspace, above: 0, downTo: 0, paid: true, dryRun: true });
  // At most the budget, the eight artifacts that were in use, and what was written since the last look.
  expect(bytes).toBeLessThan(60_000 + 8 * 5_000 + 3 * 10_000);
});

test("a result that another process has written is found without opening the cache again", async () => {
  const workspace = await tempWorkspace();
  const cache = await diskResultCache({ workspace });
  expect(cache.get("0".repeat(64))).toBeUndefined();
  const [child] = await children(1, "cacheForEver", workspace.dir);
  expect(await answers(child ? [child] : [])).toEqual(["busy"]);
  await sleep(1100);
  expect(await cache.get("0".repeat(64))).toMatchObject({ from: "disk" });
});
