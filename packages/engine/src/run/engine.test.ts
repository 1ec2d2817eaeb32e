import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import { defineNode, type NodeDefinition } from "../node/define-node.ts";
import type { RunEvent } from "./events.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const passing = { ...common, inputs: { value: z.number().optional() }, outputs: { value: z.number() } } as const;
const types = (events: readonly RunEvent[]): string[] =>
  events.map((event) => ("node" in event ? `${event.type} ${event.node}` : event.type));

/** Resolves when `open` is called, and knows how many wait. */
function gate() {
  const waiting: (() => void)[] = [];
  return {
    get waiting() {
      return waiting.length;
    },
    wait: () => new Promise<void>((resolve) => void waiting.push(resolve)),
    open: () => waiting.splice(0).forEach((resolve) => resolve()),
  };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
};

const diamond = workflowOf(
  {
    a: ["test/number", { value: 1 }],
    left: ["test/add", { a: link("a"), b: 10 }],
    right: ["test/add", { a: link("a"), b: 20 }],
    sum: ["test/add", { a: link("left"), b: link("right") }],
  },
  { outputs: { total: { node: "sum", output: "value" } } },
);

test("each node runs once, after all that it needs", async () => {
  const log: string[] = [];
  const result = await engineWith(arithmetic(log)).run(diamond);
  expect(result).toMatchObject({ status: "succeeded", outputs: { total: 32 }, counts: { executed: 4, cached: 0 } });
  expect(log).toEqual(["a", "left", "right", "sum"].sort((x, y) => log.indexOf(x) - log.indexOf(y)));
  expect(log.indexOf("sum")).toBe(3);
});

test("events are numbered without gaps and tell the whole run in order", async () => {
  const { events } = await engineWith(arithmetic()).run(diamond);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  expect(types(events)[0]).toBe("run.started");
  expect(events.at(-1)).toMatchObject({ type: "run.finished", status: "succeeded", outputs: { total: 32 } });
});

test("a second run executes nothing and looks only at the targets", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  await bench.run(diamond);
  log.length = 0;
  const { counts, events } = await bench.run(diamond);
  expect(log).toEqual([]);
  expect(counts).toMatchObject({ executed: 0, cached: 1 });
  expect(types(events)).toEqual(["run.started", "node.cached sum", "run.finished"]);
});

test("a changed literal runs again only what depends on it", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  await bench.run(diamond);
  log.length = 0;
  const changed = {
    ...diamond,
    nodes: { ...diamond.nodes, right: { ...diamond.nodes.right!, inputs: { a: link("a"), b: 21 } } },
  };
  expect((await bench.run(changed)).outputs).toEqual({ total: 33 });
  expect(log).toEqual(["right", "sum"]);
});

test("a default written out has the key of a default left out", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  await bench.run(workflowOf({ x: ["test/add", { a: 1 }] }), { targets: ["x"] });
  await bench.run(workflowOf({ y: ["test/add", { a: 1, b: 0 }] }), { targets: ["y"] });
  expect(log).toEqual(["x"]);
});

test("two nodes of one key run once", async () => {
  const log: string[] = [];
  const workflow = workflowOf({
    a: ["test/number", { value: 1 }],
    b: ["test/number", { value: 1 }],
    sum: ["test/add", { a: link("a"), b: link("b") }],
  });
  const { events, status } = await engineWith(arithmetic(log)).run(workflow, { targets: ["sum"] });
  expect(status).toBe("succeeded");
  expect(log).toEqual(["a", "sum"]);
  expect(types(events)).toContain("node.cached b");
});

test("two outputs of one node are two inputs in the key", async () => {
  const two = defineNode({
    ...common,
    type: "test/two",
    inputs: {},
    outputs: { one: z.number(), two: z.number() },
    run: () => ({ one: 1, two: 2 }),
  });
  const workflow = workflowOf(
    { s: ["test/two", {}], x: ["test/add", { a: link("s", "one") }], y: ["test/add", { a: link("s", "two") }] },
    {
      outputs: { x: { node: "x", output: "value" }, y: { node: "y", output: "value" } },
    },
  );
  expect((await engineWith([two, ...arithmetic()]).run(workflow)).outputs).toEqual({ x: 1, y: 2 });
});

test("only the targets and what they need run", async () => {
  const log: string[] = [];
  await engineWith(arithmetic(log)).run(diamond, { targets: ["left"] });
  expect(log).toEqual(["a", "left"]);
});

test("a misspelt target is refused with the nearest name", () => {
  expect(() => engineWith(arithmetic()).plan(diamond, ["totl"])).toThrow(
    "No named output and no node is called `totl`",
  );
});

test("a bypassed node passes its first fitting input through", async () => {
  const log: string[] = [];
  const workflow = workflowOf({
    a: ["test/number", { value: 5 }],
    b: ["test/add", { a: link("a"), b: 1 }, "bypass"],
    c: ["test/add", { a: link("b") }],
  });
  const { status } = await engineWith(arithmetic(log)).run(workflow, { targets: ["c"] });
  expect([status, log]).toEqual(["succeeded", ["a", "c"]]);
});

test("an input from a muted node falls back to its default", async () => {
  const log: string[] = [];
  const workflow = workflowOf(
    { a: ["test/number", { value: 5 }, "mute"], c: ["test/add", { a: 1, b: link("a") }] },
    { outputs: { c: { node: "c", output: "value" } } },
  );
  expect((await engineWith(arithmetic(log)).run(workflow)).outputs).toEqual({ c: 1 });
});

test("a failure skips what depends on it and leaves the rest", async () => {
  const broken = defineNode({
    ...passing,
    type: "test/broken",
    run: () => {
      throw new Error("no");
    },
  });
  const workflow = workflowOf(
    {
      bad: ["test/broken", {}],
      next: ["test/add", { a: link("bad") }],
      last: ["test/add", { a: link("next") }],
      good: ["test/number", { value: 1 }],
    },
    {
      outputs: { last: { node: "last", output: "value" }, good: { node: "good", output: "value" } },
    },
  );
  const result = await engineWith([broken, ...arithmetic()]).run(workflow);
  expect(result).toMatchObject({
    status: "failed",
    outputs: { good: 1 },
    counts: { failed: 1, skipped: 2, executed: 1 },
  });
  expect(result.errors).toMatchObject([{ code: "node.internal", node: "bad", nodeType: "test/broken", message: "no" }]);
});

test("fail-fast starts nothing new and waits for what runs", async () => {
  const log: string[] = [];
  const slow = defineNode({
    ...passing,
    type: "test/slow",
    run: async () => {
      await new Promise((r) => setTimeout(r, 5));
      log.push("slow");
      return { value: 1 };
    },
  });
  const broken = defineNode({ ...passing, type: "test/broken", run: () => Promise.reject(new Error("no")) });
  const workflow = workflowOf(
    { slow: ["test/slow", {}], bad: ["test/broken", {}], after: ["test/add", { a: link("slow") }] },
    {
      outputs: { after: { node: "after", output: "value" }, bad: { node: "bad", output: "value" } },
    },
  );
  expect((await engineWith([slow, broken, ...arithmetic(log)]).run(workflow, { failFast: true })).status).toBe(
    "failed",
  );
  expect(log).toEqual(["slow"]);
});

test("an output that the definition does not name is an error of the node", async () => {
  const liar = defineNode({ ...passing, type: "test/liar", run: () => ({ value: 1, other: 2 }) });
  const { errors } = await engineWith([liar]).run(workflowOf({ a: ["test/liar", {}] }), { targets: ["a"] });
  expect(errors).toMatchObject([{ code: "node.output", received: "an output `other`" }]);
});

test("a linked value outside the input's range is an error of the consumer", async () => {
  const small = defineNode({
    ...common,
    type: "test/small",
    inputs: { value: z.number().max(3) },
    outputs: { value: z.number() },
    run: ({ value }) => ({ value }),
  });
  const workflow = workflowOf({ a: ["test/number", { value: 9 }], b: ["test/small", { value: link("a") }] });
  const { errors } = await engineWith([small, ...arithmetic()]).run(workflow, { targets: ["b"] });
  expect(errors).toMatchObject([{ code: "input.range", node: "b", input: "value", received: "the number 9" }]);
});

/** A node that waits at a gate, and how many of it run at most at once. */
function gated(resource: "cpu" | "network" | "remote" | "none", paid = false) {
  const door = gate();
  const node = defineNode({
    ...passing,
    type: "test/gated",
    inputs: { value: z.number() },
    resource,
    paid,
    run: async ({ value }) => (await door.wait(), { value }),
  });
  return { door, node };
}

const manyGated = (count: number) => {
  const nodes = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`n${i}`, ["test/gated", { value: i }] as [string, { value: number }]]),
  );
  return { workflow: workflowOf(nodes), targets: Object.keys(nodes) };
};

test("no more nodes run at once than the limit of their resource, and every one has its turn", async () => {
  const { door, node } = gated("cpu");
  const bench = engineWith([node], { limits: { cpu: 2 } });
  const { workflow, targets } = manyGated(5);
  const run = bench.start(bench.plan(workflow, targets));
  const atOnce: number[] = [];
  for (let left = 5; left > 0; left -= atOnce.at(-1)!) {
    await until(() => door.waiting >= Math.min(2, left));
    atOnce.push(door.waiting);
    door.open();
  }
  expect((await run.finished).counts.executed).toBe(5);
  expect(atOnce).toEqual([2, 2, 1]);
});

test("two runs share one limit and take turns", async () => {
  const { door, node } = gated("cpu");
  const bench = engineWith([node], { limits: { cpu: 1 } });
  const first = bench.start(
    bench.plan(
      workflowOf({ a: ["test/gated", { value: 1 }], b: ["test/gated", { value: 2 }], d: ["test/gated", { value: 4 }] }),
      ["a", "b", "d"],
    ),
  );
  const second = bench.start(bench.plan(workflowOf({ c: ["test/gated", { value: 3 }] }), ["c"]));
  const done: string[] = [];
  void first.finished.then(() => done.push("first"));
  void second.finished.then(() => done.push("second"));
  for (let i = 0; i < 4; i++) {
    await until(() => door.waiting === 1);
    door.open();
  }
  await Promise.all([first.finished, second.finished]);
  expect(done).toEqual(["second", "first"]);
});

test("two runs that need one result at once make it once", async () => {
  let made = 0;
  const door = gate();
  const slow = defineNode({
    ...passing,
    type: "test/slow",
    run: async () => (made++, await door.wait(), { value: 7 }),
  });
  const bench = engineWith([slow]);
  const plan = bench.plan(workflowOf({ a: ["test/slow", {}] }, { outputs: { a: { node: "a", output: "value" } } }));
  const runs = [bench.start(plan), bench.start(plan)];
  await until(() => door.waiting > 0);
  await new Promise((resolve) => setImmediate(resolve));
  door.open();
  const results = await Promise.all(runs.map(({ finished }) => finished));
  expect(results.map(({ outputs }) => outputs)).toEqual([{ a: 7 }, { a: 7 }]);
  expect(made).toBe(1);
});

test("when the run that makes a shared result is cancelled, the other one makes it", async () => {
  let made = 0;
  const slow = defineNode({
    ...passing,
    type: "test/slow",
    run: (_inputs, { signal }) =>
      made++ === 0
        ? new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)))
        : Promise.resolve({ value: 7 }),
  });
  const bench = engineWith([slow]);
  const plan = bench.plan(workflowOf({ a: ["test/slow", {}] }, { outputs: { a: { node: "a", output: "value" } } }));
  const [first, second] = [bench.start(plan), bench.start(plan)];
  await until(() => made === 1);
  await new Promise((resolve) => setImmediate(resolve));
  first.cancel();
  expect([(await first.finished).status, (await second.finished).outputs]).toEqual(["cancelled", { a: 7 }]);
});

test("cancelling ends the run though a node does not listen, starts nothing more, and its slot comes back", async () => {
  const { door, node } = gated("cpu");
  const bench = engineWith([node], { limits: { cpu: 1 } });
  const { workflow, targets } = manyGated(3);
  const run = bench.start(bench.plan(workflow, targets));
  await until(() => door.waiting === 1);
  run.cancel("enough");
  const { status, counts } = await run.finished;
  expect([status, counts.executed, door.waiting]).toEqual(["cancelled", 0, 1]);
  expect(types(run.events).slice(-2)).toEqual(["run.cancelling", "run.finished"]);
  const next = bench.start(bench.plan(workflowOf({ z: ["test/gated", { value: 9 }] }), ["z"]));
  door.open();
  await until(() => door.waiting === 1);
  door.open();
  expect((await next.finished).status).toBe("succeeded");
});

test("a cancelled run waits for what became of a remote job", async () => {
  const remote = defineNode({
    ...passing,
    type: "test/remote",
    resource: "remote",
    run: (_inputs, { signal }) =>
      new Promise<never>((_, reject) => {
        const refuse = (): void =>
          void setTimeout(
            () =>
              reject(
                Object.assign(new Error("x"), {
                  data: { code: "remote.detached", message: "still running", ending: "detached", requestId: "r1" },
                }),
              ),
            80,
          );
        signal.addEventListener("abort", refuse);
      }),
  });
  const bench = engineWith([remote]);
  const run = bench.start(bench.plan(workflowOf({ a: ["test/remote", {}] }), ["a"]));
  await until(() => types(run.events).includes("node.started a"));
  run.cancel();
  const { status, errors } = await run.finished;
  expect([status, errors]).toMatchObject(["cancelled", [{ ending: "detached", requestId: "r1" }]]);
  expect(types(run.events)).toContain("remote.ended a");
});

test("synchronous work lets a cancellation through", async () => {
  const spin = defineNode({
    ...passing,
    type: "test/spin",
    inputs: { value: z.number() },
    run: ({ value }) => {
      const end = performance.now() + 5;
      while (performance.now() < end);
      return { value };
    },
  });
  const bench = engineWith([spin]);
  const nodes = Object.fromEntries(
    Array.from({ length: 200 }, (_, i) => [`n${i}`, ["test/spin", { value: i }] as [string, { value: number }]]),
  );
  const run = bench.start(bench.plan(workflowOf(nodes), Object.keys(nodes)));
  setTimeout(() => run.cancel(), 10);
  const { status, counts } = await run.finished;
  expect(status).toBe("cancelled");
  expect(counts.executed).toBeLessThan(200);
});

const paidNode = (run: NodeDefinition["run"]) =>
  defineNode({
    ...common,
    type: "test/paid",
    inputs: { value: z.number() },
    outputs: { value: z.number() },
    resource: "remote",
    paid: true,
    run: run as never,
  });

test("more paid nodes than allowed end the run before anything starts", async () => {
  let ran = 0;
  const paid = paidNode(() => (ran++, { value: 1 }));
  const nodes = Object.fromEntries(
    Array.from({ length: 11 }, (_, i) => [`n${i}`, ["test/paid", { value: i }] as [string, { value: number }]]),
  );
  const bench = engineWith([paid]);
  const refused = await bench.run(workflowOf(nodes), { targets: Object.keys(nodes) });
  expect([refused.status, refused.errors[0]?.code, ran]).toEqual(["failed", "money/confirm", 0]);
  const allowed = await bench.run(workflowOf(nodes), { targets: Object.keys(nodes), maxPaid: 11 });
  expect([allowed.status, allowed.counts.paid, ran]).toEqual(["succeeded", 11, 11]);
});

test("a paid result is in the cache before its node is finished", async () => {
  const order: string[] = [];
  const paid = paidNode(() => ({ value: 1 }));
  const memory = memoryCache({ maxBytes: 1e6 });
  const cache = {
    get: memory.get,
    set: async () => {
      await new Promise((r) => setTimeout(r, 5));
      order.push("kept");
    },
  };
  const bench = engineWith([paid], { cache });
  const run = bench.start(bench.plan(workflowOf({ a: ["test/paid", { value: 1 }] }), ["a"]), {
    onEvent: (event) => void order.push(event.type),
  });
  await run.finished;
  expect(order.filter((what) => what === "kept" || what === "node.finished")).toEqual(["kept", "node.finished"]);
});

test("named inputs reach every node that names them and enter the keys", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  const workflow = workflowOf(
    { x: ["test/add", { a: { $input: "n" }, b: 1 }], y: ["test/number", { value: 4 }] },
    {
      inputs: { n: { type: "number", default: 10 } },
      outputs: { x: { node: "x", output: "value" }, y: { node: "y", output: "value" } },
    },
  );
  const plan = bench.plan(workflow);
  expect((await bench.start(plan).finished).outputs).toEqual({ x: 11, y: 4 });
  expect((await bench.start(plan, { inputs: { n: 20 } }).finished).outputs).toEqual({ x: 21, y: 4 });
  expect((await bench.start(plan).finished).outputs).toEqual({ x: 11, y: 4 });
  expect(log.sort()).toEqual(["x", "x", "y"]);
});

test.each([
  [{ m: 1 }, { code: "named-input.unknown", suggestion: "Did you mean `n`?" }],
  [{ n: "x" }, { code: "input.type", input: "n", expected: "number" }],
  [{ n: 11 }, { code: "input.range", node: "x", input: "a" }],
])("a wrong value from the caller is refused before anything runs: %j", async (inputs, error) => {
  const small = defineNode({
    ...common,
    type: "test/small",
    inputs: { a: z.number().max(10) },
    outputs: {},
    run: () => ({}),
  });
  const workflow = workflowOf({ x: ["test/small", { a: { $input: "n" } }] }, { inputs: { n: { type: "number" } } });
  const result = await engineWith([small]).run(workflow, { targets: ["x"], inputs: inputs as never });
  expect(result).toMatchObject({ status: "failed", errors: [error], counts: { executed: 0 } });
});

test("a random seed is resolved once, recorded, and enters the key", async () => {
  let next = 100;
  const services = testServices({ nextSeed: () => next++ });
  const bench = engineWith(arithmetic());
  const plan = bench.plan(
    workflowOf(
      { x: ["test/number", { value: { $seed: "random" } }] },
      { outputs: { x: { node: "x", output: "value" } } },
    ),
  );
  const run = bench.start(plan, { services });
  expect((await run.finished).outputs).toEqual({ x: 100 });
  expect(run.events[0]).toMatchObject({ type: "run.started", seeds: { "x.value": 100 } });
  expect((await bench.start(plan, { services }).finished).outputs).toEqual({ x: 101 });
});

test("a file enters the key by its content, not by its name", async () => {
  const { File } = await import("../node/sockets.ts");
  let read = 0;
  const reader = defineNode({
    ...common,
    type: "test/read",
    inputs: { source: File },
    outputs: { value: z.number() },
    run: () => (read++, { value: read }),
  });
  const hashes: Record<string, string> = { "a.png": "h1", "copy-of-a.png": "h1", "b.png": "h2" };
  const services = testServices({
    resolveFile: async (path) => ({ kind: "file", name: path, sha256: hashes[path]!, size: 1 }),
  });
  const bench = engineWith([reader]);
  for (const path of Object.keys(hashes))
    await bench.run(workflowOf({ x: ["test/read", { source: { $file: path } }] }), { targets: ["x"], services });
  expect(read).toBe(2);
});

test("the service and account are part of a remote node's key", async () => {
  let ran = 0;
  const paid = defineNode({
    ...common,
    type: "test/paid",
    inputs: {},
    outputs: { value: z.number() },
    resource: "remote",
    paid: true,
    service: "s",
    run: () => ({ value: ++ran }),
  });
  const bench = engineWith([paid]);
  const plan = bench.plan(workflowOf({ a: ["test/paid", {}] }, { outputs: { a: { node: "a", output: "value" } } }));
  const from = (scope: string) =>
    testServices({ remote: () => ({ scope, label: scope, run: () => Promise.reject(new Error("unused")) }) });
  const values = [];
  for (const scope of ["sandbox", "real", "sandbox"])
    values.push((await bench.start(plan, { services: from(scope) }).finished).outputs.a);
  expect(values).toEqual([1, 2, 1]);
});

test("a chain of 100,000 nodes plans and runs", async () => {
  const nodes: Record<string, [string, Record<string, never>]> = { n0: ["test/number", { value: 0 } as never] };
  for (let i = 1; i < 100_000; i++) nodes[`n${i}`] = ["test/add", { a: link(`n${i - 1}`), b: 1 } as never];
  const { outputs } = await engineWith(arithmetic()).run(
    workflowOf(nodes, { outputs: { end: { node: "n99999", output: "value" } } }),
  );
  expect(outputs).toEqual({ end: 99_999 });
});
