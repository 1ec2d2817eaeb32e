import type { ChildProcess } from "node:child_process";
import type { RemoteState, RunEvent } from "@inlay/engine";
import { expect, test } from "vitest";
import { eventsOf, runCli, startCli } from "./support/cli.ts";
import { numberNode, personWith } from "./support/own-nodes.ts";
import { asService, openSandbox } from "./support/sandbox.ts";
import { serve, type ServedWorkspace } from "./support/server.ts";
import { exampleWorkspace, outputsOf, tempFolder } from "./support/workspace.ts";

/** Longer than any test: the job stays in the queue. */
const timing = { queuedMs: 600_000, perPositionMs: 60_000 };

/** Calls `act` once, at the first event that satisfies the condition. */
function at(wanted: (event: RunEvent) => boolean, act: (child: ChildProcess) => void) {
  let acted = false;
  return (line: string, child: ChildProcess): void => {
    if (acted || !wanted(JSON.parse(line) as RunEvent)) return;
    acted = true;
    act(child);
  };
}

const isRemote = (state: RemoteState["state"]) => (event: RunEvent) =>
  event.type === "remote.state" && event.state === state;
const isQueued = isRemote("queued");

test("Ctrl+C while the job is in the queue cancels it at the service, says so, and ends with 130", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ timing });
  const onLine = at(isQueued, (child) => child.kill("SIGINT"));
  const end = await runCli(["run", "workflow.json", "--json"], { cwd, env: asService(sandbox), onLine });

  expect(end.code, end.stderr).toBe(130);
  expect(sandbox.ledger()).toMatchObject([{ state: "cancelled" }]);
  const events = eventsOf(end);
  const types = events.map(({ type }) => type);
  expect(types.slice(types.indexOf("run.cancelling"))).not.toContain("node.started");
  expect(events.find(({ type }) => type === "remote.ended")).toMatchObject({ ending: "cancelled" });
  expect(events.at(-1)).toMatchObject({ type: "run.finished", status: "cancelled" });
  expect(end.stderr).toMatch(/^cancelled: .*1 cancelled/m);
  expect(end.stderr).not.toContain("failed");
  expect(await outputsOf(cwd)).toEqual([]);
});

test("after Ctrl+C in the queue the next run submits a job of its own", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ timing });
  const interrupt = { cwd, env: asService(sandbox), onLine: at(isQueued, (child) => child.kill("SIGINT")) };
  await runCli(["run", "workflow.json", "--json"], interrupt);
  await runCli(["run", "workflow.json", "--json"], {
    ...interrupt,
    onLine: at(isQueued, (child) => child.kill("SIGINT")),
  });
  expect(sandbox.ledger()).toMatchObject([{ state: "cancelled" }, { state: "cancelled" }]);
});

test("Ctrl+C while the job runs leaves it to the next run, which collects it", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const sandbox = await openSandbox({ profile: "identity", timing: { queuedMs: 0, minRunMs: 2500 } });
  const onLine = at(isRemote("running"), (child) => child.kill("SIGINT"));
  const end = await runCli(["run", "workflow.json", "--json"], { cwd, env: asService(sandbox), onLine });
  expect(eventsOf(end).find(({ type }) => type === "remote.ended")).toMatchObject({ ending: "detached" });
  expect(end.code, end.stderr).toBe(130);
  expect(end.stderr).toContain("detached");

  const again = await runCli(["run", "workflow.json"], { cwd, env: asService(sandbox) });
  expect(again.code, again.stderr).toBe(0);
  expect(sandbox.ledger()).toMatchObject([{ state: "completed" }]);
});

test("a second Ctrl+C leaves at once, although the service does not answer", async () => {
  const cwd = await exampleWorkspace("remove-spoon");
  const service = await sandboxProcess();
  const first = at(isRemote("submitting"), (child) => {
    service.child.kill("SIGSTOP");
    child.kill("SIGINT");
  });
  const second = at(
    ({ type }) => type === "run.cancelling",
    (child) => child.kill("SIGINT"),
  );
  const onLine = (line: string, child: ChildProcess): void => {
    first(line, child);
    second(line, child);
  };
  const end = await runCli(["run", "workflow.json", "--json"], { cwd, env: service.env, onLine });
  expect(end.code, end.stderr).toBe(130);
  expect(eventsOf(end).map(({ type }) => type)).not.toContain("run.finished");
});

/** A number that is there when somebody has written a file of that name into the workspace. */
const gate = numberNode(
  "proof/gate",
  "while (!existsSync(`${process.env.GATES}/${n}`)) await sleep(20, undefined, { signal: ctx.signal }); return { n };",
  'import { existsSync } from "node:fs";\nimport { setTimeout as sleep } from "node:timers/promises";',
);

/** A server whose runs end when their gate is opened. */
async function gatedServer() {
  const person = await personWith({ "gate.mjs": gate });
  const env = { ...person.env, GATES: person.cwd };
  const start = (...args: string[]) => serve(person.cwd, { env, args });
  const body = (n: number) => ({
    workflow: {
      inlay: 1,
      nodes: { a: { type: "proof/gate", version: 1, inputs: { n } } },
      outputs: { a: { node: "a", output: "n" } },
    },
  });
  return { start, body, open: (n: number) => person.write(`${n}`, "") };
}

const statusOf = (server: ServedWorkspace, id: string) => async () =>
  (await server.api("GET", `/api/runs/${id}`)).status as string;

test("Ctrl+C lets the runs at work end, takes no others, and what waits goes on at the next start", async () => {
  const { start, body, open } = await gatedServer();
  const server = await start("--max-runs", "1");
  const { id: atWork } = await server.api("POST", "/api/runs", body(1));
  const { id: waiting } = await server.api("POST", "/api/runs", body(2));
  await expect.poll(statusOf(server, atWork)).toBe("running");
  server.child.kill("SIGINT");
  await expect.poll(async () => (await server.fetch("/api/health")).status).toBe(503);
  expect(await (await server.fetch("/api/health")).json()).toEqual({ status: "draining" });
  const headers = { "content-type": "application/json" };
  const refused = await server.fetch("/api/runs", { method: "POST", headers, body: JSON.stringify(body(3)) });
  const { error } = (await refused.json()) as { error: { code: string } };
  expect([refused.status, error.code]).toEqual([503, "server.draining"]);
  expect([await statusOf(server, atWork)(), await statusOf(server, waiting)()]).toEqual(["running", "queued"]);
  await open(1);
  const { code, stderr } = await server.cli.ended;
  expect([code, stderr.includes("press Ctrl+C again")], stderr).toEqual([0, true]);

  const next = await start();
  expect(await next.api("GET", `/api/runs/${atWork}`)).toMatchObject({ status: "succeeded", attempt: 1 });
  await open(2);
  expect(await next.api("GET", `/api/runs/${waiting}?wait=60`)).toMatchObject({ status: "succeeded", attempt: 1 });
});

test("a second Ctrl+C leaves a server at once, and the run at work goes on at its next start", async () => {
  const { start, body, open } = await gatedServer();
  const server = await start();
  const { id } = await server.api("POST", "/api/runs", body(1));
  await expect.poll(statusOf(server, id)).toBe("running");
  server.child.kill("SIGINT");
  await expect.poll(async () => (await server.fetch("/api/health")).status).toBe(503);
  server.child.kill("SIGINT");
  expect((await server.cli.ended).code).toBe(0);

  const next = await start();
  await open(1);
  expect(await next.api("GET", `/api/runs/${id}?wait=60`)).toMatchObject({ status: "succeeded", attempt: 2 });
});

/** `inlay sandbox` as a process that can be stopped without closing its connections. */
async function sandboxProcess(): Promise<{ readonly child: ChildProcess; readonly env: Record<string, string> }> {
  const env: Record<string, string> = {};
  const cwd = await tempFolder();
  return new Promise((resolve, reject) => {
    const { child, ended } = startCli(["sandbox"], {
      cwd,
      onLine: (line) => {
        const [name, value] = line.split("=");
        env[name!] = value!;
        if (env["RUNCOMFY_BASE_URL"] && env["RUNCOMFY_API_TOKEN"]) resolve({ child, env });
      },
    });
    ended.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
}
