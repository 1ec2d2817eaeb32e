import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import type { ResultCache } from "../cache/result-cache.ts";
import { defineNode, type NodeDefinition } from "../node/define-node.ts";
import type { NodeContext } from "../node/context.ts";
import type { Resource } from "../node/description.ts";
import type { RunEvent } from "./events.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await tick();
};
const told = (events: readonly RunEvent[]) =>
  events.map((event) => ("node" in event ? `${event.type} ${event.node}` : event.type));

/** `test/work`: what it does is given by the test; `value` tells its nodes apart. */
function work(run: (value: number, ctx: NodeContext) => unknown, resource: Resource = "cpu"): NodeDefinition {
  return defineNode({
    ...common,
    type: "test/work",
    resource,
    inputs: { value: z.number(), after: z.number().optional() },
    outputs: { value: z.number() },
    run: (({ value }: { value: number }, ctx: NodeContext) => run(value, ctx)) as never,
  });
}

function manyNodes(count: number, type = "test/work") {
  const ids = Array.from({ length: count }, (_, i) => `n${i}`);
  return { workflow: workflowOf(Object.fromEntries(ids.map((id, i) => [id, [type, { value: i }]]))), targets: ids };
}

/** Waits until it is aborted, then rejects with the reason. */
const untilAborted = ({ signal }: NodeContext): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

// No path through an execution may leave a rejection to nobody.
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => void process.on("unhandledRejection", note));
afterEach(async () => {
  await tick();
  process.off("unhandledRejection", note);
  if (unhandled.length > 0) throw new Error("a rejection was left to nobody", { cause: unhandled.splice(0) });
});

test("a run whose signal was aborted before it began runs nothing and says so", async () => {
  const log: string[] = [];
  const { workflow, targets } = manyNodes(3, "test/number");
  const result = await engineWith(arithmetic(log)).run(workflow, { targets, signal: AbortSignal.abort() });
  expect([result.status, result.errors, log]).toEqual(["cancelled", [], []]);
  expect(told(result.events)).toEqual(["run.cancelling", "run.finished"]);
});

test("nothing happens before the caller holds the run", async () => {
  const bench = engineWith(arithmetic());
  const { workflow, targets } = manyNodes(1, "test/number");
  const run = bench.start(bench.plan(workflow, targets));
  expect(run.events).toEqual([]);
  await run.finished;
});

test("a listener may cancel the run that it listens to", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  const { workflow, targets } = manyNodes(3, "test/number");
  const run = bench.start(bench.plan(workflow, targets), {
    onEvent: ({ type }) => void (type === "node.finished" && run.cancel()),
  });
  expect([(await run.finished).status, log]).toEqual(["cancelled", ["n0"]]);
});

test("a run that is cancelled while a node starts waits for that node", async () => {
  const order: string[] = [];
  const slow = work(async (value) => {
    await tick();
    order.push("node returned");
    return { value };
  });
  const bench = engineWith([slow], { limits: { cpu: 1 } });
  const { workflow, targets } = manyNodes(2);
  const run = bench.start(bench.plan(workflow, targets), {
    onEvent: ({ type }) => void (type === "node.started" && run.cancel()),
  });
  await run.finished.then(() => order.push("run settled"));
  expect(order).toEqual(["node returned", "run settled"]);
});

test("a listener that throws does not disturb the run", async () => {
  const { workflow, targets } = manyNodes(2, "test/number");
  const onEvent = (): never => {
    throw new Error("mine");
  };
  const { status, counts } = await engineWith(arithmetic()).run(workflow, { targets, onEvent });
  expect([status, counts.executed]).toEqual(["succeeded", 2]);
});

test("slots of parked, granted and running nodes come back when a run is cancelled", async () => {
  const bench = engineWith([work((value, ctx) => (value < 100 ? untilAborted(ctx) : { value }))], {
    limits: { cpu: 1 },
  });
  const { workflow, targets } = manyNodes(5);
  const plan = bench.plan(workflow, targets);
  const runs = [bench.start(plan), bench.start(bench.plan(workflow, ["n4"])), bench.start(plan)];
  await until(() => told(runs[0]!.events).includes("node.started n0"));
  for (const run of runs) run.cancel();
  const endings = await Promise.all(runs.map(({ finished }) => finished));
  expect(endings.map(({ status }) => status)).toEqual(["cancelled", "cancelled", "cancelled"]);
  const next = await bench.run(workflowOf({ z: ["test/work", { value: 100 }] }), { targets: ["z"] });
  expect(next.status).toBe("succeeded");
});

test("a node whose inputs are refused gives its slot back", async () => {
  const narrow = defineNode({
    ...common,
    type: "test/narrow",
    inputs: { value: z.number().max(0) },
    outputs: { value: z.number() },
    run: ({ value }) => ({ value }),
  });
  const bench = engineWith([narrow, ...arithmetic()], { limits: { cpu: 1 } });
  const workflow = workflowOf({
    a: ["test/number", { value: 1 }],
    b: ["test/narrow", { value: link("a") }],
    c: ["test/add", { a: 2 }],
  });
  const { counts } = await bench.run(workflow, { targets: ["b", "c"] });
  expect(counts).toMatchObject({ executed: 2, failed: 1 });
});

test("with every limit at one, nodes of all resources that take slots of others come to an end", async () => {
  const limits = { cpu: 1, network: 1, remote: 1 };
  const nodes = (["none", "cpu", "network", "remote"] as const).map((resource) => ({
    ...work(async (value, ctx) => {
      if (resource === "none" || resource === "remote") await ctx.withSlot("network", tick);
      await ctx.withSlot("cpu", tick);
      return { value };
    }, resource),
    resource,
  }));
  const definitions = nodes.map(({ description, run, resource }) => ({
    description: { ...description, type: `test/${resource}` },
    run,
  }));
  const workflow = workflowOf(
    Object.fromEntries(
      Array.from({ length: 24 }, (_, i) => [`n${i}`, [`test/${nodes[i % 4]!.resource}`, { value: i }]] as const),
    ) as never,
  );
  const bench = engineWith(definitions, { limits });
  const targets = Object.keys(workflow.nodes);
  const results = await Promise.all([bench.run(workflow, { targets }), bench.run(workflow, { targets })]);
  expect(results.map(({ status }) => status)).toEqual(["succeeded", "succeeded"]);
});

test("a node that would wait for a scarcer slot with its own in hand is refused", async () => {
  const bench = engineWith([work((_value, ctx) => ctx.withSlot("network", () => ({ value: 1 })))]);
  const { errors } = await bench.run(workflowOf({ a: ["test/work", { value: 1 }] }), { targets: ["a"] });
  expect(errors).toMatchObject([{ code: "node.internal", suggestion: expect.stringContaining('resource: "network"') }]);
});

test("a cancelled node that waits for a slot stops waiting", async () => {
  let open = (): void => undefined;
  const holder = work(() => new Promise((resolve) => (open = () => resolve({ value: 1 }))));
  const remote = { ...work((_value, ctx) => ctx.withSlot("cpu", () => ({ value: 2 })), "remote") };
  const waiter = { ...remote, description: { ...remote.description, type: "test/waiter" } };
  const bench = engineWith([holder, waiter], { limits: { cpu: 1 } });
  const first = bench.start(bench.plan(workflowOf({ a: ["test/work", { value: 1 }] }), ["a"]));
  await until(() => told(first.events).includes("node.started a"));
  const second = bench.start(bench.plan(workflowOf({ b: ["test/waiter", { value: 1 }] }), ["b"]));
  await until(() => told(second.events).includes("node.started b"));
  second.cancel();
  expect((await second.finished).status).toBe("cancelled");
  open();
  expect((await first.finished).status).toBe("succeeded");
});

test("a cancelled run does not wait for what another run makes", async () => {
  let open = (): void => undefined;
  const bench = engineWith([work(() => new Promise((resolve) => (open = () => resolve({ value: 1 }))))]);
  const plan = bench.plan(workflowOf({ a: ["test/work", { value: 1 }] }), ["a"]);
  const [first, second] = [bench.start(plan), bench.start(plan)];
  await until(() => told(second.events).includes("run.started"));
  await tick();
  second.cancel();
  expect((await second.finished).status).toBe("cancelled");
  open();
  expect((await first.finished).status).toBe("succeeded");
});

test("what abandoned work still says comes after no last event", async () => {
  let late = (): void => undefined;
  const bench = engineWith([work((_value, ctx) => new Promise(() => (late = () => ctx.log("info", "late"))))]);
  const run = bench.start(bench.plan(workflowOf({ a: ["test/work", { value: 1 }] }), ["a"]));
  await until(() => told(run.events).includes("node.started a"));
  run.cancel();
  await run.finished;
  late();
  expect(run.events.at(-1)?.type).toBe("run.finished");
});

const failingCache = (get: ResultCache["get"], set: ResultCache["set"] = () => undefined): ResultCache => ({
  get,
  set,
});
const thrown = (): never => {
  throw new Error("disk");
};

test.each([
  [
    "rejects",
    failingCache(
      () => Promise.reject(new Error("disk")),
      () => Promise.reject(new Error("disk")),
    ),
  ],
  ["throws", failingCache(thrown, thrown)],
  ["answers later", failingCache(() => Promise.resolve(undefined))],
])("a cache that %s is a cache that has nothing", async (_how, cache) => {
  const log: string[] = [];
  const workflow = workflowOf({ a: ["test/number", { value: 1 }], b: ["test/add", { a: link("a") }] });
  const { status } = await engineWith(arithmetic(log), { cache }).run(workflow, { targets: ["b"] });
  expect([status, log]).toEqual(["succeeded", ["a", "b"]]);
});

test("a result found by a slow cache hides what only it needs", async () => {
  const memory = memoryCache({ maxBytes: 1e6 });
  const asked: string[] = [];
  const cache = failingCache(async (key) => (asked.push(key), memory.get(key)), memory.set);
  const bench = engineWith(arithmetic(), { cache });
  const workflow = workflowOf({ a: ["test/number", { value: 1 }], b: ["test/add", { a: link("a") }] });
  await bench.run(workflow, { targets: ["b"] });
  asked.length = 0;
  const { counts } = await bench.run(workflow, { targets: ["b"] });
  expect([counts.cached, counts.executed, asked.length]).toEqual([1, 0, 1]);
});

test("a paid result that cannot be kept is a warning, not a failure", async () => {
  const paid = { ...work(() => ({ value: 1 }), "remote") };
  const definition = { ...paid, description: { ...paid.description, paid: true } };
  const bench = engineWith([definition], { cache: failingCache(() => undefined, thrown) });
  const { status, events } = await bench.run(workflowOf({ a: ["test/work", { value: 1 }] }), { targets: ["a"] });
  expect([status, told(events).includes("node.log a")]).toEqual(["succeeded", true]);
});

test("two paid nodes that turn out to be the same are paid once", async () => {
  let ran = 0;
  const remote = work(() => ({ value: ++ran }), "remote");
  const paid = { ...remote, description: { ...remote.description, paid: true } };
  const workflow = workflowOf(
    { a: ["test/work", { value: { $input: "x" } }], b: ["test/work", { value: { $input: "y" } }] },
    { inputs: { x: { type: "number" }, y: { type: "number" } } },
  );
  const { counts, events } = await engineWith([paid]).run(workflow, { targets: ["a", "b"], inputs: { x: 1, y: 1 } });
  expect([ran, counts.paid, counts.cached]).toEqual([1, 1, 1]);
  expect(events[0]).toMatchObject({ type: "run.started", execute: 1, paid: 1 });
});

test("a target keeps its value though other nodes consume it", async () => {
  const workflow = workflowOf(
    { a: ["test/number", { value: 1 }], b: ["test/add", { a: link("a") }] },
    { outputs: { a: { node: "a", output: "value" }, b: { node: "b", output: "value" } } },
  );
  expect((await engineWith(arithmetic()).run(workflow)).outputs).toEqual({ a: 1, b: 1 });
});

test("20,000 nodes behind one node and before another one run", async () => {
  const nodes: Record<string, [string, Record<string, never>]> = { s: ["test/number", { value: 1 } as never] };
  const ids = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
  ids.forEach((id, i) => (nodes[id] = ["test/add", { a: link("s"), b: i } as never]));
  const gather = defineNode({
    ...common,
    type: "test/gather",
    inputs: { values: z.array(z.number()) },
    outputs: { value: z.number() },
    run: ({ values }) => ({ value: values.length }),
  });
  nodes.end = ["test/gather", { values: ids.map((id) => link(id)) } as never];
  const workflow = workflowOf(nodes, { outputs: { end: { node: "end", output: "value" } } });
  expect((await engineWith([gather, ...arithmetic()]).run(workflow)).outputs).toEqual({ end: 20_000 });
});
