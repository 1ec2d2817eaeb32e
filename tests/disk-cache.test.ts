import { readdirSync } from "node:fs";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import type { NodeDescription } from "@inlay/engine";
import { expect, test } from "vitest";
import { eventsOf, runCli, type CliEnd } from "./support/cli.ts";
import { readExample } from "./support/pictures.ts";
import { ledgerOf } from "./support/sandbox.ts";
import { examples, exampleWorkspace, packsOf } from "./support/workspace.ts";

const names = readdirSync(examples, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** What took as long is kept on disk, for pictures of a few megabytes. */
const dearMs = 20;

/** The types whose results are never cached: saves and previews. */
async function neverCached(): Promise<ReadonlySet<string>> {
  const { stdout } = await runCli(["nodes", "--json"], { cwd: examples });
  const nodes = JSON.parse(stdout) as NodeDescription[];
  return new Set(nodes.filter(({ cache }) => cache === "never").map(({ type }) => type));
}

interface Executed {
  /** How many results: of a node that ran for a list, one for each item. */
  readonly results: number;
  /** The milliseconds of that one which took longest. */
  readonly ms: number;
}

/** What a run executed, by node. */
function executed(end: CliEnd): Map<string, Executed> {
  return new Map(
    eventsOf(end).flatMap((event) => {
      if (event.type !== "node.finished") return [];
      const { node, ms, items } = event;
      return [[node, items ? { results: items.executed, ms: items.slowestMs } : { results: 1, ms }]];
    }),
  );
}

test.each(names)("a second process that runs %s executes nothing that was dear, and pays for nothing", async (name) => {
  const cwd = await exampleWorkspace(name);
  const { nodes } = await readExample(join(cwd, "workflow.json"));
  const never = await neverCached();
  const run = async (): Promise<CliEnd> => {
    const end = await runCli(["run", "workflow.json", "--sandbox", "--json", ...packsOf(name)], { cwd });
    expect(end.code, end.stderr).toBe(0);
    return end;
  };
  const first = await run();
  const jobs = await ledgerOf(cwd);
  const second = await run();

  const dear = [...executed(first)].filter(([id, { ms }]) => ms >= dearMs && !never.has(nodes[id]?.type ?? ""));
  // The cheap items of a list may run again, the dear one does not.
  const again = dear.filter(([id, { results }]) => (executed(second).get(id)?.results ?? 0) >= results);
  expect(again).toEqual([]);
  expect(eventsOf(second).at(-1)).toMatchObject({ counts: { paid: 0, failed: 0 } });
  expect(await ledgerOf(cwd)).toHaveLength(jobs.length);
});

test("inlay gc says what would go, and removes it; paid results stay unless they are named", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  await runCli(["run", "workflow.json", "--sandbox"], { cwd });
  const kinds = async (...args: string[]): Promise<{ after: number; kinds: string[] }> => {
    const { code, stdout, stderr } = await runCli(["gc", "--json", ...args], { cwd });
    expect(code, stderr).toBe(0);
    const { after, removed } = JSON.parse(stdout) as { after: number; removed: { kind: string }[] };
    return { after, kinds: [...new Set(removed.map(({ kind }) => kind))].sort() };
  };
  for (const path of await files(cwd)) await utimes(path, 1, 1);
  expect((await kinds("--max", "0", "--dry-run", "--paid")).kinds).toContain("paid result");
  expect((await kinds("--max", "1GB")).kinds).toEqual([]);
  const { after, kinds: gone } = await kinds("--max", "0");
  expect([gone.includes("paid result"), after > 0]).toEqual([false, true]);
  const said = await runCli(["gc", "--max", "0"], { cwd });
  expect(said.stdout).toMatch(/^Nothing to remove/);
  expect(said.stderr).toContain("--paid removes them too");
  expect(await kinds("--max", "0", "--paid")).toEqual({ after: 0, kinds: ["paid result"] });
});

test("the size of the cache comes from the option, the variable or the person's configuration, and no file beside it", async () => {
  const cwd = await exampleWorkspace("local-fill");
  for (const args of [
    ["--cache-size", "plenty"],
    ["--cache-size", "1MB", "--cache-size", "2MB"],
  ]) {
    const { code, stderr } = await runCli(["run", "workflow.json", ...args], { cwd });
    expect([code, stderr]).toEqual([2, expect.stringContaining("usage.invalid")]);
  }
  const broken = await runCli(["run", "workflow.json"], { cwd, env: { INLAY_CACHE_SIZE: "plenty" } });
  expect([broken.code, broken.stderr]).toEqual([2, expect.stringContaining("config.invalid")]);

  const none = await runCli(["run", "workflow.json"], { cwd, env: { INLAY_CACHE_SIZE: "0" } });
  expect(none.code, none.stderr).toBe(0);
  expect(await files(cwd)).toEqual([]);
  const kept = await runCli(["run", "workflow.json", "--cache-size", "100MB"], { cwd, env: { INLAY_CACHE_SIZE: "0" } });
  expect(kept.code, kept.stderr).toBe(0);
  expect((await files(cwd)).length).toBeGreaterThan(0);
});

/** What a workspace's cache holds. */
async function files(workspace: string): Promise<string[]> {
  const cache = join(workspace, ".inlay", "cache");
  const entries = await readdir(cache, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
