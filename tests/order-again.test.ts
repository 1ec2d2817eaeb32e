import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeWorkflow } from "@inlay/engine";
import { expect, test } from "vitest";
import { runCli } from "./support/cli.ts";
import { smallWorkflow, smallWorkspace } from "./support/remote-workflow.ts";
import { serve } from "./support/server.ts";

// "Run again, pay again": the only way to buy a job of the same input a second time that is no accident.

test("a job is ordered and paid once more when the person says so, and recorded; the last result counts from then on", async () => {
  const { inlay, sandbox } = await smallWorkspace();
  const run = (options: { readonly again?: readonly string[] } = {}) => inlay.run(smallWorkflow(), {}, options).report;
  await run();
  expect((await inlay.plan(smallWorkflow())).counts.paid).toBe(0);
  expect((await inlay.plan(smallWorkflow(), {}, { again: ["inpaint"] })).counts.paid).toBe(1);

  const again = await run({ again: ["inpaint"] });
  expect([again.status, sandbox.ledger().length]).toEqual(["succeeded", 2]);
  expect(JSON.parse(await readFile(again.record!, "utf8"))).toMatchObject({
    again: ["inpaint"],
    jobs: [{ node: "inpaint", requestId: sandbox.ledger()[1]?.request_id, ending: "succeeded", take: 2 }],
  });

  await run();
  expect(sandbox.ledger()).toHaveLength(2);
  await run({ again: ["inpaint"] });
  expect(new Set(sandbox.ledger().map(({ request_id }) => request_id)).size).toBe(3);
}, 60_000);

test("what is ordered again counts for the limits, and one that is in doubt is not bought over", async () => {
  const { inlay, sandbox } = await smallWorkspace({
    faults: { script: { submit: [{ fault: "none" }, { fault: "reset", when: "handled" }] } },
  });
  await inlay.run(smallWorkflow()).report;
  const refused = await inlay.run(smallWorkflow(), {}, { again: ["inpaint"], maxPaid: 0 }).report;
  expect([refused.errors[0]?.code, sandbox.ledger().length]).toEqual(["money/confirm", 1]);
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { errors } = await inlay.run(smallWorkflow(), {}, { again: ["inpaint"] }).report;
    expect([errors[0]?.code, sandbox.ledger().length]).toEqual(["remote.unknown", 2]);
  }
}, 60_000);

test("a file cannot order it, and the command can, by the id of a paid node", async () => {
  const { folder, env, sandbox } = await smallWorkspace();
  const file = { ...(JSON.parse(writeWorkflow(smallWorkflow())) as object), again: ["inpaint"], take: 2 };
  await writeFile(join(folder, "workflow.json"), JSON.stringify(file));
  const run = (...args: string[]) => runCli(["run", "workflow.json", ...args], { cwd: folder, env });
  for (let times = 1; times <= 2; times++) expect((await run()).code).toBe(0);
  expect(sandbox.ledger()).toHaveLength(1);
  const refused = await run("--again", "mask");
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining("again.not-paid")]);
  const again = await run("--again", "inpaint");
  expect([again.code, sandbox.ledger().length], again.stderr).toEqual([0, 2]);
}, 60_000);

test("a server's run that is repeated has the job that the first one ordered", async () => {
  const { folder, env, sandbox } = await smallWorkspace();
  const server = await serve(folder, { env });
  const workflow = JSON.parse(writeWorkflow(smallWorkflow())) as object;
  await server.api("POST", "/api/runs?wait=60", { workflow });
  const first = await server.api("POST", "/api/runs?wait=60", { workflow, again: ["inpaint"] });
  expect([first.status, sandbox.ledger().length]).toEqual(["succeeded", 2]);
  const { id } = await server.api("POST", `/api/runs/${first.id}/retry`);
  const retried = await server.api("GET", `/api/runs/${id}?wait=60`);
  expect([retried.status, sandbox.ledger().length]).toEqual(["succeeded", 2]);
}, 60_000);
