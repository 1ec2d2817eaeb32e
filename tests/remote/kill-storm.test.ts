import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { RemoteState, RunEvent } from "@inlay/engine";
import { expect, test } from "vitest";
import { eventsOf, runCli, startCli, type CliEnd, type CliOptions } from "../support/cli.ts";
import { asService, openSandbox } from "../support/sandbox.ts";
import { exampleWorkspace, outputsOf, removeFolder } from "../support/workspace.ts";

// A real command is killed or frozen at moments that nobody chose.

const PROOF = process.env["INLAY_PROOF"] === "1";
const KILLS = PROOF ? 200 : 10;
const FROZEN_MS = PROOF ? 12_000 : 2_500;

/** Longer than a run takes, so that some moments come too late. */
const LONGEST_MS = 2_600;

test(`killed at ${KILLS} random moments and run again: collected, never two jobs, unknown only within the submit`, async () => {
  const random = chance(20_261);
  const endings = { collected: 0, unknown: 0, late: 0 };
  for (let round = 0; round < KILLS; round++) {
    const cwd = await exampleWorkspace("remove-spoon");
    const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 150, minRunMs: 250 } });
    const options = { cwd, env: asService(sandbox) };
    const killed = await runAndKill(random() * LONGEST_MS, options);
    expect(sandbox.ledger().length).toBeLessThanOrEqual(1);

    const again = await runCli(["run", "workflow.json"], options);
    expect([0, 5], again.stderr).toContain(again.code);
    if (again.code === 0) {
      expect(sandbox.ledger()).toHaveLength(1);
      expect((await outputsOf(cwd)).filter((name) => !name.startsWith("."))).toEqual(["coffee-without-spoon.png"]);
    } else {
      // Nobody knows only when the process died between the intent and the answer.
      expect(lastState(killed)).toBe("submitting");
      // What the killed process had sent may arrive after its death.
      expect(sandbox.calls().filter(({ call }) => call === "submit").length).toBeLessThanOrEqual(1);
    }
    endings[killed.code === 0 ? "late" : again.code === 0 ? "collected" : "unknown"]++;
    await sandbox.close();
    await removeFolder(cwd);
  }
  expect(endings.collected).toBeGreaterThan(KILLS / 4);
}, 1_800_000);

test.each(["submitting", "queued", "running"] as const)(
  // Each state lasts longer than the longest pause between two polls, so that it is seen on a busy machine too.
  `frozen for ${FROZEN_MS} ms while ${"%s"}, and woken: nothing changes, whatever another process does meanwhile`,
  async (state) => {
    const cwd = await exampleWorkspace("remove-spoon");
    const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 4000, minRunMs: 4000 } });
    const options = { cwd, env: asService(sandbox) };
    const frozen = freezeAt(state, options);
    await frozen.reached;
    const other = runCli(["run", "workflow.json"], options);
    await sleep(FROZEN_MS);
    frozen.child.kill("SIGCONT");
    const ends = await Promise.all([frozen.ended, other]);
    expect(
      ends.map(({ code }) => code),
      ends.map(({ stderr }) => stderr).join("\n"),
    ).toEqual([0, 0]);
    expect(sandbox.ledger()).toMatchObject([{ state: "completed" }]);
    expect(await outputsOf(cwd)).toEqual(["coffee-without-spoon.png"]);
    expect(await states(options)).toEqual(["succeeded"]);
  },
  120_000,
);

async function states(options: CliOptions): Promise<readonly string[]> {
  const { stdout } = await runCli(["jobs", "--json"], options);
  return (JSON.parse(stdout) as { state: string }[]).map(({ state }) => state);
}

async function runAndKill(afterMs: number, options: CliOptions): Promise<CliEnd> {
  const { child, ended } = startCli(["run", "workflow.json", "--json"], options);
  await Promise.race([sleep(afterMs), ended]);
  child.kill("SIGKILL");
  return ended;
}

/** Where the killed process had last said that its job stands. */
function lastState(end: CliEnd): RemoteState["state"] | undefined {
  const whole = { ...end, stdout: end.stdout.slice(0, end.stdout.lastIndexOf("\n") + 1) };
  return eventsOf(whole).findLast((event) => event.type === "remote.state")?.state;
}

interface Frozen {
  readonly child: ChildProcess;
  readonly ended: Promise<CliEnd>;
  readonly reached: Promise<void>;
}

function freezeAt(state: RemoteState["state"], options: CliOptions): Frozen {
  let reach = (): void => undefined;
  let isReached = false;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const onLine = (line: string, child: ChildProcess): void => {
    const event = JSON.parse(line) as RunEvent;
    if (isReached || event.type !== "remote.state" || event.state !== state) return;
    isReached = true;
    child.kill("SIGSTOP");
    reach();
  };
  return { ...startCli(["run", "workflow.json", "--json"], { ...options, onLine }), reached };
}

/** Park and Miller's generator; the same moments each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
