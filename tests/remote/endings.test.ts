import type { ChildProcess } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteState, RunEvent } from "@inlay/engine";
import type { FaultPlan, Sandbox } from "@inlay/sandbox";
import { describe, expect, test } from "vitest";
import { eventsOf, runCli, type CliEnd, type CliOptions } from "../support/cli.ts";
import { asService, openSandbox } from "../support/sandbox.ts";
import { exampleWorkspace, outputsOf } from "../support/workspace.ts";

// Every ending of a paid job is told in the command's words, in its events, in its exit code and in `run.json`.

interface Ended {
  readonly end: CliEnd;
  readonly sandbox: Sandbox;
  readonly options: CliOptions;
  /** How the events say that the job ended. */
  readonly told: readonly unknown[];
  readonly record: { readonly status: string; readonly jobs: readonly Record<string, unknown>[] };
}

const script = (faults: NonNullable<FaultPlan["script"]>): FaultPlan => ({ script: faults });

interface Scene {
  readonly faults?: FaultPlan;
  readonly timing?: { readonly queuedMs?: number; readonly minRunMs?: number };
  /** Interrupts the command when the job is in this state. */
  readonly interruptAt?: RemoteState["state"];
}

async function play({ faults, timing, interruptAt }: Scene = {}): Promise<Ended> {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({
    profile: "identity",
    ...(faults && { faults }),
    timing: { queuedMs: 0, ...timing },
  });
  let asked = false;
  const onLine = (line: string, child: ChildProcess): void => {
    const event = JSON.parse(line) as RunEvent;
    if (asked || interruptAt === undefined || event.type !== "remote.state" || event.state !== interruptAt) return;
    asked = true;
    child.kill("SIGINT");
  };
  const options = { cwd, env: asService(sandbox) };
  const end = await runCli(["run", "workflow.json", "--json"], { ...options, onLine });
  const told = eventsOf(end).flatMap((event) => (event.type === "remote.ended" ? [event.ending] : []));
  return { end, sandbox, options, told, record: await recordIn(cwd) };
}

async function recordIn(cwd: string): Promise<Ended["record"]> {
  const runs = join(cwd, ".inlay", "runs");
  const newest = (await readdir(runs))
    .filter((name) => name !== "running")
    .sort()
    .at(-1);
  return JSON.parse(await readFile(join(runs, newest ?? "", "run.json"), "utf8")) as Ended["record"];
}

const requestOf = (sandbox: Sandbox): string => sandbox.ledger()[0]?.request_id ?? "none";

describe("a job that", () => {
  test("succeeded", async () => {
    const { end, sandbox, told, record } = await play();
    expect([end.code, told], end.stderr).toEqual([0, ["succeeded"]]);
    expect(record).toMatchObject({ status: "succeeded", costUsd: 0 });
    // The price too, if the service said it in time, for which nobody waits.
    const job = { node: "inpaint", requestId: requestOf(sandbox), ending: "succeeded", costUsd: 0 };
    expect(record.jobs).toEqual([expect.objectContaining(job)]);
  });

  test("failed, with the service's own text", async () => {
    const faults = script({ submit: [{ fault: "fails", message: "the sampler ran out of memory" }] });
    const { end, sandbox, told, record } = await play({ faults });
    expect([end.code, told], end.stderr).toEqual([3, ["failed"]]);
    expect(end.stderr).toContain("the sampler ran out of memory");
    expect(record.jobs).toMatchObject([
      {
        ending: "failed",
        requestId: requestOf(sandbox),
        message: expect.stringContaining("the sampler ran out of memory") as string,
      },
    ]);
  });

  test("was rejected, and never ran", async () => {
    const { end, sandbox, told, record } = await play({ faults: script({ submit: [{ fault: "http", status: 402 }] }) });
    expect([end.code, told], end.stderr).toEqual([3, ["rejected"]]);
    expect(end.stderr).toContain("remote.balance");
    expect(record.jobs).toMatchObject([{ ending: "rejected" }]);
    expect(sandbox.ledger()).toEqual([]);
  });

  test("was cancelled, confirmed by the service", async () => {
    const { end, sandbox, told, record } = await play({ timing: { queuedMs: 600_000 }, interruptAt: "queued" });
    expect([end.code, told], end.stderr).toEqual([130, ["cancelled"]]);
    expect(record).toMatchObject({
      status: "cancelled",
      jobs: [{ ending: "cancelled", requestId: requestOf(sandbox) }],
    });
    expect(sandbox.ledger()[0]?.state).toBe("cancelled");
  });

  test("is detached: it can be collected by itself, and the next run has it without asking", async () => {
    const { end, sandbox, told, record, options } = await play({ timing: { minRunMs: 1500 }, interruptAt: "running" });
    const requestId = requestOf(sandbox);
    expect([end.code, told], end.stderr).toEqual([130, ["detached"]]);
    expect(end.stderr).toContain("billed");
    expect(record.jobs).toMatchObject([
      { ending: "detached", requestId, whatToDo: expect.stringMatching(/collect/) as string },
    ]);

    const collected = await runCli(["jobs", "collect", requestId], options);
    expect(collected.code, collected.stderr).toBe(0);
    const path = collected.stdout.trim();
    expect((await readFile(join(options.cwd, path))).subarray(1, 4).toString()).toBe("PNG");
    const calls = sandbox.calls().length;
    expect((await runCli(["jobs", "collect", requestId], options)).stdout.trim()).toBe(path);

    const again = await runCli(["run", "workflow.json"], options);
    expect(again.code, again.stderr).toBe(0);
    expect(await outputsOf(options.cwd)).toEqual(["coffee-without-spoon.png"]);
    const since = sandbox.calls().slice(calls);
    expect(since.filter(({ call }) => call !== "model")).toEqual([]);
    expect(sandbox.ledger()).toHaveLength(1);
  });

  test("is unknown: a person attaches the request that was found, and it is collected", async () => {
    const faults = script({ submit: [{ fault: "reset", when: "handled" }] });
    const { end, sandbox, told, record, options } = await play({ faults });
    expect([end.code, told], end.stderr).toEqual([5, ["unknown"]]);
    expect(record.jobs).toMatchObject([
      { ending: "unknown", whatToDo: expect.stringMatching(/inlay jobs attach .* REQUEST_ID/) as string },
    ]);
    const [, key = ""] = /inlay jobs attach (\w+)/.exec(end.stderr) ?? [];
    const attached = await runCli(["jobs", "attach", key, requestOf(sandbox)], options);
    expect(attached.code, attached.stderr).toBe(0);
    const collected = await runCli(["jobs", "collect"], options);
    expect(collected.code, collected.stderr).toBe(0);
    expect((await runCli(["run", "workflow.json"], options)).code).toBe(0);
    expect(sandbox.ledger()).toHaveLength(1);
  });

  test("is unknown: a person who says that it may be paid twice has it submitted again", async () => {
    const faults = script({ submit: [{ fault: "http", status: 503, handled: true }] });
    const { sandbox, options, end } = await play({ faults });
    const [, key = ""] = /inlay jobs resubmit (\w+)/.exec(end.stderr) ?? [];
    const asked = await runCli(["jobs", "resubmit", key], options);
    expect([asked.code, asked.stdout]).toEqual([4, ""]);
    expect(asked.stderr).toContain("may pay twice");
    expect((await runCli(["run", "workflow.json"], options)).code).toBe(5);
    expect(sandbox.ledger()).toHaveLength(1);
    expect((await runCli(["jobs", "resubmit", key, "--may-pay-twice"], options)).code).toBe(0);
    expect((await runCli(["run", "workflow.json"], options)).code).toBe(0);
    expect(sandbox.ledger()).toHaveLength(2);
  });

  test("is lost: it is not submitted again until a person forgets it", async () => {
    const faults = script({ status: [{ fault: "lost", times: 2 }] });
    const { end, sandbox, told, record, options } = await play({ faults });
    expect([end.code, told], end.stderr).toEqual([3, ["lost"]]);
    expect(record.jobs).toMatchObject([
      {
        ending: "lost",
        requestId: requestOf(sandbox),
        whatToDo: expect.stringContaining("inlay jobs forget") as string,
      },
    ]);
    expect((await runCli(["run", "workflow.json"], options)).code).toBe(3);
    expect(sandbox.ledger()).toHaveLength(1);
    const [, key = ""] = /inlay jobs forget (\w+)/.exec(end.stderr) ?? [];
    expect((await runCli(["jobs", "forget", key], options)).code).toBe(0);
    expect((await runCli(["run", "workflow.json"], options)).code).toBe(0);
    expect(sandbox.ledger()).toHaveLength(2);
  });
});

test("a job of another token is neither collected nor asked about", async () => {
  const { sandbox, options } = await play({ timing: { minRunMs: 1000 }, interruptAt: "running" });
  const env = { ...options.env, RUNCOMFY_API_TOKEN: "another-token" };
  const calls = sandbox.calls().length;
  const { code, stderr } = await runCli(["jobs", "collect", requestOf(sandbox)], { ...options, env });
  expect([code, stderr]).toEqual([2, expect.stringContaining("jobs.other-account")]);
  expect(sandbox.calls()).toHaveLength(calls);
});
