import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { RemoteState, RunEvent } from "@inlay/engine";
import type { FaultPlan } from "@inlay/sandbox";
import { describe, expect, test } from "vitest";
import { runCli, startCli, type CliOptions } from "../support/cli.ts";
import { link, node } from "../support/remote-workflow.ts";
import { asService, openSandbox } from "../support/sandbox.ts";
import { inlineProfiles } from "../support/stage.ts";
import { exampleWorkspace, outputsOf } from "../support/workspace.ts";

// Cases 28–30, and processes that share a workspace: what the journal is for.

const chosen = inlineProfiles.filter(([name]) => name === "as documented" || name === "all others");
const quick = { profile: "identity", timing: { queuedMs: 0 } } as const;

/** Runs the command and kills it as soon as its job is in this state. */
async function runAndKill(state: RemoteState["state"], options: CliOptions): Promise<void> {
  let killed = false;
  const { ended } = startCli(["run", "workflow.json", "--json"], {
    ...options,
    onLine: (line, child) => {
      const event = JSON.parse(line) as RunEvent;
      if (killed || event.type !== "remote.state" || event.state !== state) return;
      killed = true;
      child.kill("SIGKILL");
    },
  });
  expect((await ended).code).toBeNull();
}

describe.each(chosen)("%s", (_name, dialect) => {
  test("case 28: killed when the id is journaled, the next run resumes without a POST", async () => {
    const cwd = await exampleWorkspace("remove-spoon");
    const sandbox = await openSandbox({ profile: "identity", dialect, timing: { queuedMs: 1500 } });
    const options = { cwd, env: asService(sandbox) };
    await runAndKill("queued", options);
    const again = await runCli(["run", "workflow.json"], options);
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toContain("found again, not paid again");
    expect(sandbox.calls().filter(({ call }) => call === "submit")).toHaveLength(1);
    expect(await outputsOf(cwd)).toEqual(["coffee-without-spoon.png"]);
  });

  test("case 29: killed between intent and answer, the next run says unknown and sends no POST", async () => {
    const cwd = await exampleWorkspace("remove-spoon");
    const faults: FaultPlan = { script: { submit: [{ fault: "silence" }] } };
    const sandbox = await openSandbox({ ...quick, dialect, faults });
    const options = { cwd, env: asService(sandbox) };
    const { child, ended } = startCli(["run", "workflow.json"], options);
    while (sandbox.ledger().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill("SIGKILL");
    await ended;
    const again = await runCli(["run", "workflow.json"], options);
    expect([again.code, again.stderr]).toEqual([5, expect.stringContaining("remote.unknown")]);
    expect(sandbox.calls().filter(({ call }) => call === "submit")).toHaveLength(1);
  });
});

test.each([
  ["a folder in its place", async (file: string) => mkdir(file)],
  ["a file that is damaged", async (file: string) => writeFile(file, "not a database ".repeat(500))],
])("case 30: with %s for a journal nothing is submitted", async (_what, spoil) => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox(quick);
  await mkdir(join(cwd, ".inlay"), { mode: 0o700 });
  await spoil(join(cwd, ".inlay", "journal.sqlite"));
  const { code, stderr } = await runCli(["run", "workflow.json"], { cwd, env: asService(sandbox) });
  expect([code, stderr]).toEqual([3, expect.stringContaining("journal.unwritable")]);
  expect(sandbox.calls().filter(({ call }) => call === "submit")).toEqual([]);
});

test("case 30: what a crash left half-written at the journal's end is skipped", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 1500 } });
  const options = { cwd, env: asService(sandbox) };
  await runAndKill("queued", options);
  appendFileSync(join(cwd, ".inlay", "journal.sqlite-wal"), Buffer.alloc(5000, 0x5a));
  const again = await runCli(["run", "workflow.json"], options);
  expect(again.code, again.stderr).toBe(0);
  expect(sandbox.ledger()).toHaveLength(1);
});

test("two processes on one workspace: one submits, the other attaches, and both have the result", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 1500 } });
  const options = { cwd, env: asService(sandbox) };
  const ends = await Promise.all([1, 2].map(() => runCli(["run", "workflow.json", "--json"], options)));
  expect(ends.map(({ code }) => code)).toEqual([0, 0]);
  const attached = ends.map(({ stdout }) => stdout.includes('"attached":true'));
  expect(new Set(attached)).toEqual(new Set([false, true]));
  expect(sandbox.ledger()).toHaveLength(1);
});

test("the same job from two nodes of one run is one job", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox(quick);
  const path = join(cwd, "workflow.json");
  const workflow = JSON.parse(await readFile(path, "utf8")) as { nodes: Record<string, { inputs: object }> };
  const { inpaint } = workflow.nodes;
  // Other nodes, so other results in the cache, but the same pixels: the same job.
  workflow.nodes["inverted"] = node("mask/invert", { mask: link("feather", "mask") }) as { inputs: object };
  workflow.nodes["twin"] = {
    ...inpaint!,
    inputs: { ...inpaint!.inputs, mask: link("inverted", "mask"), invert_mask: true },
  };
  workflow.nodes["save_twin"] = node("image/save", { image: link("twin", "image"), name: "twin" }) as {
    inputs: object;
  };
  await writeFile(path, JSON.stringify(workflow));
  const { code, stderr } = await runCli(["run", "workflow.json"], { cwd, env: asService(sandbox) });
  expect(code, stderr).toBe(0);
  expect(await outputsOf(cwd)).toHaveLength(2);
  expect(sandbox.ledger()).toHaveLength(1);
});

test("two tokens are two accounts: neither gets the other's job", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const dir = join(cwd, "service");
  const codes: (number | null)[] = [];
  for (const token of ["token-of-one", "token-of-another", "token-of-one"]) {
    const sandbox = await openSandbox({ ...quick, dir, token, port: 0 });
    const env = { ...asService(sandbox), RUNCOMFY_BASE_URL: sandbox.url };
    codes.push((await runCli(["run", "workflow.json", "--no-cache"], { cwd, env })).code);
    await sandbox.close();
  }
  const ledger = await openSandbox({ ...quick, dir });
  const accounts = JSON.parse((await runCli(["jobs", "--json"], { cwd })).stdout) as {
    account: string;
    provider: string;
  }[];
  expect(codes).toEqual([0, 0, 0]);
  expect(new Set(accounts.map(({ account }) => account)).size).toBe(2);
  expect(JSON.stringify(accounts)).not.toContain("token-of");
  expect(ledger.ledger().length).toBeGreaterThanOrEqual(2);
  await rm(dir, { recursive: true, force: true });
});
