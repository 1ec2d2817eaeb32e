import { expect, test } from "vitest";
import { z } from "zod";
import { testServices } from "../../test/node-host.ts";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { EngineError } from "../errors.ts";
import type { RemoteJobRequest, RemoteJobResult, RemoteService } from "../host.ts";
import type { NodeContext } from "../node/context.ts";
import { defineNode } from "../node/define-node.ts";
import type { Workflow } from "../workflow/workflow.ts";

const soon = 0.01;
const never = 86_400;

type Work = (ctx: NodeContext, value: number) => number | Promise<number>;

/** A node that works as the test says, for at most `timeout` seconds. */
const worker = (work: Work, timeout?: number) =>
  defineNode({
    type: "test/work",
    version: 1,
    title: "Work",
    category: "Test",
    description: "Works.",
    inputs: { value: z.number().default(0) },
    outputs: { value: z.number() },
    ...(timeout !== undefined && { timeout }),
    run: async ({ value }, ctx) => ({ value: await work(ctx, value) }),
  });

/** Ends when its signal is aborted. */
const waitForAbort: Work = (ctx) =>
  new Promise((_resolve, reject) =>
    ctx.signal.addEventListener("abort", () => reject(ctx.signal.reason as Error), { once: true }),
  );

const result = { outputs: { result: { node: "a", output: "value" } } } as const;

/** `a` works, `b` needs it, `c` needs nobody. */
function threeNodes(timeout?: number): Workflow {
  const workflow = workflowOf(
    { a: ["test/work", {}], b: ["test/add", { a: link("a") }], c: ["test/number", { value: 1 }] },
    { outputs: { b: { node: "b", output: "value" }, c: { node: "c", output: "value" } } },
  );
  return timeout === undefined ? workflow : withTimeout(workflow, timeout);
}

function withTimeout(workflow: Workflow, timeout: number): Workflow {
  return { ...workflow, nodes: { ...workflow.nodes, a: { ...workflow.nodes["a"]!, timeout } } };
}

test("a node that is not done in time fails with node.timeout; what needs it is skipped, other branches go on", async () => {
  const log: string[] = [];
  const { errors, counts, outputs } = await engineWith([...arithmetic(log), worker(waitForAbort, soon)]).run(
    threeNodes(),
  );
  expect(errors).toMatchObject([
    { code: "node.timeout", node: "a", nodeType: "test/work", expected: "at most 0.01 s" },
  ]);
  expect([log, outputs, counts]).toMatchObject([["c"], { c: 1 }, { executed: 1, failed: 1, skipped: 1 }]);
});

test("the signal of a node that is out of time says so", async () => {
  const seen: unknown[] = [];
  const work: Work = (ctx, value) =>
    Promise.resolve(waitForAbort(ctx, value)).finally(() => seen.push((ctx.signal.reason as EngineError).code));
  await engineWith([worker(work, soon)]).run(workflowOf({ a: ["test/work", {}] }, result));
  expect(seen).toEqual(["node.timeout"]);
});

test("a node's timeout in the file counts instead of its type's, shorter or longer", async () => {
  const shorter = engineWith([...arithmetic(), worker(waitForAbort, never)]);
  expect((await shorter.run(threeNodes(soon))).errors).toMatchObject([{ code: "node.timeout" }]);
  const afterAWhile: Work = () => new Promise((resolve) => setTimeout(() => resolve(5), 50));
  const longer = engineWith([...arithmetic(), worker(afterAWhile, soon)]);
  expect((await longer.run(threeNodes(never))).outputs).toEqual({ b: 5, c: 1 });
});

test("a timeout is no part of the key", async () => {
  const log: string[] = [];
  const { run } = engineWith([...arithmetic(log), worker((ctx) => log.push(ctx.run.node))]);
  await run(threeNodes(never));
  log.length = 0;
  await run(threeNodes(never / 2));
  expect(log).toEqual([]);
});

test("a node that does not heed its signal fails at once, and holds its slot until it returns", async () => {
  const log: string[] = [];
  let finish = (_value: number): void => undefined;
  const stubborn = worker(() => new Promise((resolve) => (finish = resolve)), soon);
  const { start, plan } = engineWith([...arithmetic(log), stubborn], { limits: { cpu: 1 } });
  const failed = new Promise<void>((resolve) => {
    const run = start(plan(threeNodes()), {
      onEvent: (event) => {
        if (event.type === "node.failed") resolve();
        if (event.type === "run.finished") log.push(event.status);
      },
    });
    void run.finished;
  });
  await failed;
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(log).toEqual([]);
  finish(1);
  while (log.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(log).toEqual(["c", "failed"]);
});

test("what a node says after it was given up is not told", async () => {
  const work: Work = async (ctx, value) => {
    await Promise.resolve(waitForAbort(ctx, value)).catch(() => undefined);
    ctx.log("info", "too late");
    ctx.progress(1, 1);
    return 1;
  };
  const { events } = await engineWith([...arithmetic(), worker(work, soon)]).run(threeNodes());
  expect(events.filter(({ type }) => type === "node.log" || type === "node.progress")).toEqual([]);
});

test("each item of a list has the time for itself", async () => {
  const numbers = defineNode({
    type: "test/numbers",
    version: 1,
    title: "Numbers",
    category: "Test",
    description: "Gives a list.",
    inputs: {},
    outputs: { values: z.array(z.number()) },
    run: () => ({ values: [1, 2, 3] as number[] }),
  });
  const work: Work = (ctx, value) => (value === 2 ? waitForAbort(ctx, value) : value);
  const { errors, counts } = await engineWith([numbers, worker(work, 0.2)]).run(
    workflowOf({ list: ["test/numbers", {}], a: ["test/work", { value: link("list", "values") }] }, result),
  );
  expect(errors).toMatchObject([{ code: "node.timeout", node: "a" }]);
  expect(counts).toMatchObject({ executed: 3, failed: 1 });
});

test("a node that never awaits is taken when it answers", async () => {
  const node = { ...arithmetic()[0]!, description: { ...arithmetic()[0]!.description, timeout: soon / 10 } };
  const { outputs } = await engineWith([node]).run(workflowOf({ a: ["test/number", { value: 4 }] }, result));
  expect(outputs).toEqual({ result: 4 });
});

test("cancelling a run reaches a node with a timeout, and is no timeout", async () => {
  const seen: unknown[] = [];
  const work: Work = (ctx, value) =>
    Promise.resolve(waitForAbort(ctx, value)).finally(() => seen.push((ctx.signal.reason as EngineError).code));
  const { start, plan } = engineWith([...arithmetic(), worker(work, never)]);
  const run = start(plan(threeNodes()), {
    onEvent: (event) => {
      if (event.type === "node.started" && event.node === "a") void Promise.resolve().then(() => run.cancel());
    },
  });
  expect(await run.finished).toMatchObject({ status: "cancelled", errors: [] });
  expect(seen).toEqual(["run.cancelled"]);
});

/** A paid node at a service that answers as the test says. */
function paidRun(run: (job: RemoteJobRequest) => Promise<RemoteJobResult>, timeout = soon) {
  const node = defineNode({
    type: "test/work",
    version: 1,
    title: "Work",
    category: "Test",
    description: "Pays.",
    inputs: {},
    outputs: { value: z.number() },
    resource: "remote",
    paid: true,
    service: "runcomfy",
    timeout,
    async run(_inputs, ctx) {
      const { signal } = ctx;
      const { files } = await ctx.remote.run({
        model: "m",
        identity: {},
        body: () => ({}),
        signal,
        report: () => undefined,
      });
      return { value: files.length };
    },
  });
  const remote: RemoteService = { scope: "runcomfy:test", label: "Test", run };
  return engineWith([...arithmetic(), node]).run(workflowOf({ a: ["test/work", {}] }, result), {
    services: testServices({ remote: () => remote }),
  });
}

const whenAborted = (job: RemoteJobRequest): Promise<unknown> =>
  new Promise((resolve) => job.signal.addEventListener("abort", () => resolve(job.signal.reason), { once: true }));

test("a remote job is left when its node is out of time: node.timeout with the job's ending", async () => {
  const reasons: unknown[] = [];
  const { errors, events } = await paidRun(async (job) => {
    reasons.push(((await whenAborted(job)) as EngineError).code);
    const left = { ending: "detached", requestId: "r1", suggestion: "Run it again to collect it." } as const;
    throw new EngineError({ code: "remote.detached", message: "The job goes on.", ...left });
  });
  expect(errors).toMatchObject([
    { code: "node.timeout", node: "a", ending: "detached", requestId: "r1", suggestion: "Run it again to collect it." },
  ]);
  expect(errors[0]!.message).toMatch(/timeout of 0\.01 seconds\. The job goes on\.$/);
  expect(events).toContainEqual(expect.objectContaining({ type: "remote.ended", ending: "detached", requestId: "r1" }));
  expect(reasons).toEqual(["node.timeout"]);
});

test("a paid result that comes while the time is over is kept", async () => {
  const { status, counts, outputs } = await paidRun(async (job) => {
    await whenAborted(job);
    return { requestId: "r1", files: [], attached: false };
  });
  expect([status, counts.paid, outputs["result"]]).toEqual(["succeeded", 1, 0]);
});
