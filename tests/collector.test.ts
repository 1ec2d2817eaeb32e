import { join } from "node:path";
import type { RunEvent } from "@inlay/engine";
import { writeWorkflow } from "@inlay/engine";
import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { runCli } from "./support/cli.ts";
import { smallWorkflow, smallWorkspace } from "./support/remote-workflow.ts";
import { serve, type ServedWorkspace } from "./support/server.ts";

const stateOf = async (server: ServedWorkspace): Promise<string> =>
  ((await server.api("GET", "/api/jobs")) as { jobs: { state: string }[] }).jobs[0]?.state ?? "none";

test("a server collects what was left running, by asking only, and the next run has it without the network", async () => {
  const { folder, env, sandbox } = await smallWorkspace({ timing: { minRunMs: 1000 } });
  await writeFile(join(folder, "workflow.json"), writeWorkflow(smallWorkflow()));
  let asked = false;
  const left = await runCli(["run", "workflow.json", "--json"], {
    cwd: folder,
    env,
    onLine: (line, child) => {
      const event = JSON.parse(line) as RunEvent;
      if (asked || event.type !== "remote.state" || event.state !== "running") return;
      asked = true;
      child.kill("SIGINT");
    },
  });
  expect([left.code, left.stdout.includes('"detached"')], left.stderr).toEqual([130, true]);

  const before = sandbox.calls().length;
  const server = await serve(folder, { env });
  const waited = Date.now() + 60_000;
  while ((await stateOf(server)) !== "succeeded" && Date.now() < waited)
    await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await stateOf(server)).toBe("succeeded");
  const calls = sandbox.calls();
  expect(new Set(calls.slice(before).map(({ method }) => method))).toEqual(new Set(["GET"]));

  const run = await server.api("POST", "/api/runs?wait=60", { file: "workflow.json" });
  expect(run.status).toBe("succeeded");
  expect(
    sandbox
      .calls()
      .slice(calls.length)
      .filter(({ call }) => call !== "model"),
  ).toEqual([]);
  expect(sandbox.ledger()).toHaveLength(1);
}, 120_000);

test("a job is collected over HTTP by its request's id, once or twice, and the next run asks nobody for it", async () => {
  const { folder, env, inlay, sandbox } = await smallWorkspace({
    faults: { script: { status: [{ fault: "unknown-status", times: 2 }] } },
  });
  const left = await inlay.run(smallWorkflow()).report;
  expect(left.status).toBe("failed");
  const requestId = sandbox.ledger()[0]!.request_id;
  const server = await serve(folder, { env });
  for (let times = 1; times <= 2; times++)
    expect(await server.api("POST", `/api/jobs/${requestId}/collect`)).toMatchObject({ requestId, files: 1 });
  expect(await stateOf(server)).toBe("succeeded");
  const calls = sandbox.calls().length;
  const run = await server.api("POST", "/api/runs?wait=60", { workflow: JSON.parse(writeWorkflow(smallWorkflow())) });
  expect([run.status, sandbox.ledger().length]).toEqual(["succeeded", 1]);
  expect(
    sandbox
      .calls()
      .slice(calls)
      .filter(({ call }) => call !== "model"),
  ).toEqual([]);
}, 60_000);

test("what is in doubt is left to the person, by the server and by `collect --all`", async () => {
  const { folder, env, inlay, sandbox } = await smallWorkspace({
    faults: { script: { submit: [{ fault: "reset", when: "handled" }] } },
  });
  await inlay.run(smallWorkflow()).report;
  const calls = sandbox.calls().length;
  const server = await serve(folder, { env });
  expect(await stateOf(server)).toBe("unknown");
  const collected = await runCli(["jobs", "collect", "--all"], { cwd: folder, env });
  expect([collected.code, collected.stdout]).toEqual([0, "There is nothing to collect.\n"]);
  expect([await stateOf(server), sandbox.calls().length]).toEqual(["unknown", calls]);
}, 60_000);

test("`collect --all` collects all that was accepted, at once", async () => {
  const { folder, env, inlay, sandbox } = await smallWorkspace({
    faults: { script: { status: [{ fault: "unknown-status", times: 2 }] } },
  });
  for (const seed of [1, 2]) await inlay.run(smallWorkflow({ inpaint: { seed } })).report;
  const { code, stdout, stderr } = await runCli(["jobs", "collect", "--all", "--json"], { cwd: folder, env });
  expect(code, stderr).toBe(0);
  const keys = stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { requestId: string }).requestId);
  expect(keys.toSorted()).toEqual(
    sandbox
      .ledger()
      .map(({ request_id }) => request_id)
      .toSorted(),
  );
  expect((await runCli(["jobs", "collect", "--all", "abc"], { cwd: folder, env })).code).toBe(2);
}, 60_000);
