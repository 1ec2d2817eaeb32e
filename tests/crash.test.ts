import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { RemoteState, RunEvent } from "@inlay/engine";
import type { SandboxTiming } from "@inlay/sandbox";
import { expect, test } from "vitest";
import { eventsOf, runCli, startCli, type CliOptions } from "./support/cli.ts";
import { readSamples } from "./support/pictures.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { exampleWorkspace, outputsOf } from "./support/workspace.ts";

// A command that is killed without warning, at moments spread over its life, and then run again.

interface Moment {
  readonly name: string;
  /** The event from which time counts; without one it counts from the start of the process. */
  readonly from?: (event: RunEvent) => boolean;
  readonly afterMs?: number;
  /** How long the service takes, where the moment would otherwise be over between two polls. */
  readonly timing?: SandboxTiming;
}

const remote = (state: RemoteState["state"]) => (event: RunEvent) =>
  event.type === "remote.state" && event.state === state;

const moments: readonly Moment[] = [
  { name: "150 ms after the start", afterMs: 150 },
  { name: "at the start of the run", from: ({ type }) => type === "run.started" },
  { name: "at the submit", from: remote("submitting") },
  { name: "4 ms after the submit", from: remote("submitting"), afterMs: 4 },
  { name: "15 ms after the submit", from: remote("submitting"), afterMs: 15 },
  { name: "in the queue", from: remote("queued"), timing: { queuedMs: 1000 } },
  { name: "while the job runs", from: remote("running"), timing: { minRunMs: 1500 } },
  { name: "while the result is fetched", from: remote("fetching") },
  { name: "at the save", from: (event) => event.type === "node.started" && event.node === "save" },
  { name: "when the result is saved", from: (event) => event.type === "node.file" },
];

test.each(moments)("killed $name, then run again: never two jobs, and one when it succeeds", async (moment) => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 0, ...moment.timing } });
  const options = { cwd, env: asService(sandbox) };

  await runAndKill(moment, options);
  for (const name of await results(cwd)) await expect(readSamples(join(cwd, "outputs", name))).resolves.toBeDefined();

  const again = await runCli(["run", "workflow.json", "--json"], options);
  expect([0, 5], again.stderr).toContain(again.code);
  if (again.code === 0) {
    expect(sandbox.ledger()).toHaveLength(1);
    expect(await results(cwd)).toEqual(["coffee-without-spoon.png"]);
  } else {
    // The service may still have been reading the killed process's request, so its ledger alone does not say who submitted.
    const endings = eventsOf(again).flatMap((event) => (event.type === "remote.ended" ? event.ending : []));
    expect(endings).toEqual(["unknown"]);
    expect(eventsOf(again).some(remote("submitting"))).toBe(false);
    expect(sandbox.ledger().length).toBeLessThanOrEqual(1);
  }
});

/** Starts the command and kills it at the moment; waits for the process to be gone. */
async function runAndKill({ from, afterMs = 0 }: Moment, options: CliOptions): Promise<void> {
  let reached = (): void => undefined;
  const moment = new Promise<void>((resolve) => (reached = resolve));
  const onLine = (line: string): void => {
    if (from?.(JSON.parse(line) as RunEvent)) reached();
  };
  const { child, ended } = startCli(["run", "workflow.json", "--json"], { ...options, onLine });
  if (!from) reached();
  await Promise.race([moment, ended]);
  if (afterMs > 0) await sleep(afterMs);
  child.kill("SIGKILL");
  const { code, stderr } = await ended;
  expect(code, `the moment never came: ${stderr}`).toBeNull();
}

/** The results, without the temporary files of a killed process, which a later run removes. */
async function results(cwd: string): Promise<string[]> {
  return (await outputsOf(cwd)).filter((name) => !name.startsWith("."));
}
