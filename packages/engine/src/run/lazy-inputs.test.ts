import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import { defineNode } from "../node/define-node.ts";
import type { NodeContext } from "../node/context.ts";
import type { RunEvent } from "./events.ts";
import type { RunOptions } from "./run-options.ts";

type Nodes = Parameters<typeof workflowOf>[0];
const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const told = (events: readonly RunEvent[]) =>
  events.flatMap((event) => ("node" in event ? [`${event.type} ${event.node}`] : []));

/** An engine with lazy nodes, whose nodes note in `log` that they ran. */
function bench(log: string[] = []) {
  const note = (ctx: NodeContext): void => void log.push(ctx.run.node);
  const value = { value: z.number() };
  const number = { ...common, inputs: { value: z.number() }, outputs: value };
  return engineWith([
    defineNode({ ...number, type: "test/number", run: (inputs, ctx) => (note(ctx), inputs) }),
    defineNode({ ...number, type: "test/paid", paid: true, run: (inputs, ctx) => (note(ctx), inputs) }),
    defineNode({ ...number, type: "test/fresh", cache: "never", run: (inputs, ctx) => (note(ctx), inputs) }),
    defineNode({
      ...number,
      type: "test/fail",
      run: () => {
        throw new Error("broken");
      },
    }),
    defineNode({
      ...common,
      type: "test/positive",
      inputs: { value: z.number() },
      outputs: { yes: z.boolean() },
      run: ({ value: given }, ctx) => (note(ctx), { yes: given > 0 }),
    }),
    defineNode({
      ...common,
      type: "test/switch",
      inputs: { condition: z.boolean(), yes: z.number().default(-1), no: z.number().default(-2) },
      outputs: value,
      lazy: ["yes", "no"],
      needs: ({ condition }) => [condition ? "yes" : "no"],
      run: ({ condition, yes, no }, ctx) => (note(ctx), { value: condition ? yes : no }),
    }),
    defineNode({
      ...common,
      type: "test/misspelt",
      inputs: { condition: z.number(), a: z.number().default(0) },
      outputs: value,
      lazy: ["a"],
      needs: () => ["condition"],
      run: () => ({ value: 0 }),
    }),
  ]);
}

async function run(nodes: Nodes, options: Partial<RunOptions> = {}) {
  const log: string[] = [];
  const outputs = { end: { node: "end", output: "value" } };
  const result = await bench(log).run(workflowOf(nodes, { outputs }), { services: testServices(), ...options });
  return { ...result, log };
}

/** `end` is `yes` or `no`, as the number that `test` looks at is positive or not. */
const branches = (number: number, kind = "test/number"): Nodes => ({
  n: ["test/number", { value: number }],
  test: ["test/positive", { value: link("n") }],
  a: [kind, { value: 10 }],
  b: [kind, { value: 20 }],
  end: ["test/switch", { condition: link("test", "yes"), yes: link("a"), no: link("b") }],
});

test("with a literal condition the branch that is not asked for is not part of the run", async () => {
  const { log, outputs, events } = await run({
    a: ["test/number", { value: 10 }],
    b: ["test/paid", { value: 20 }],
    end: ["test/switch", { condition: true, yes: link("a"), no: link("b") }],
  });
  expect([outputs, log]).toEqual([{ end: 10 }, ["a", "end"]]);
  expect(events[0]).toMatchObject({ type: "run.started", execute: 2, paid: 0 });
});

test("with a condition that is made in the run only the branch that it asks for runs", async () => {
  expect((await run(branches(1))).log).toEqual(["n", "test", "a", "end"]);
  expect((await run(branches(-1))).log).toEqual(["n", "test", "b", "end"]);
});

test("the run starts once and counts every stage", async () => {
  const { events, counts } = await run(branches(1));
  expect(events.filter(({ type }) => type === "run.started")).toHaveLength(1);
  expect(counts).toEqual({ executed: 4, cached: 0, failed: 0, skipped: 0, paid: 0 });
});

test("paid nodes are counted when they are asked for, and held against the limit then", async () => {
  const taken = await run(branches(1, "test/paid"), { maxPaid: 1 });
  expect([taken.status, taken.log, taken.counts.paid]).toEqual(["succeeded", ["n", "test", "a", "end"], 1]);
  expect(taken.events[0]).toMatchObject({ type: "run.started", paid: 0 });
  const refused = await run(branches(1, "test/paid"), { maxPaid: 0 });
  expect([refused.status, refused.log]).toEqual(["failed", ["n", "test"]]);
  expect(refused.errors).toMatchObject([{ code: "money/confirm" }]);
});

test("paid nodes of earlier stages count for the limit", async () => {
  const nodes: Nodes = { ...branches(1, "test/paid"), n: ["test/paid", { value: 1 }] };
  const { errors, log } = await run(nodes, { maxPaid: 1 });
  expect([errors[0]?.code, errors[0]?.received, log]).toEqual(["money/confirm", "2", ["n", "test"]]);
});

test("a second run executes nothing, and what was not asked for is not in the key", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  const workflow = (unasked: number) =>
    workflowOf(
      { ...branches(1), b: ["test/number", { value: unasked }] },
      { outputs: { end: { node: "end", output: "value" } } },
    );
  await again(workflow(20));
  log.length = 0;
  const { counts, outputs } = await again(workflow(21));
  expect([outputs, log, counts.executed]).toEqual([{ end: 10 }, [], 0]);
});

test("a node behind a lazy one has the key of what was asked for", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  const workflow = (unasked: number) =>
    workflowOf(
      {
        ...branches(1),
        b: ["test/number", { value: unasked }],
        end: ["test/number", { value: link("choice") }],
        choice: branches(1).end!,
      },
      { outputs: { end: { node: "end", output: "value" } } },
    );
  await again(workflow(20));
  log.length = 0;
  await again(workflow(21));
  expect(log).toEqual([]);
});

test("what an earlier stage has made is not made again, cached or not", async () => {
  const { log } = await run({
    n: ["test/fresh", { value: 1 }],
    test: ["test/positive", { value: link("n") }],
    end: ["test/switch", { condition: link("test", "yes"), yes: link("n") }],
  });
  expect(log).toEqual(["n", "test", "end"]);
});

test("lazy nodes behind each other are decided one after the other", async () => {
  const { outputs, log } = await run({
    ...branches(-1),
    first: branches(-1).end!,
    again: ["test/positive", { value: link("first") }],
    c: ["test/number", { value: 30 }],
    d: ["test/paid", { value: 40 }],
    end: ["test/switch", { condition: link("again", "yes"), yes: link("c"), no: link("d") }],
  });
  expect([outputs, log]).toEqual([{ end: 30 }, ["n", "test", "b", "first", "again", "c", "end"]]);
});

test("a lazy node whose condition fails is skipped, and so is what is behind it", async () => {
  const { status, log, events, counts } = await run({
    ...branches(1),
    n: ["test/fail", { value: 1 }],
    choice: branches(1).end!,
    end: ["test/number", { value: link("choice") }],
  });
  expect([status, log, counts.failed, counts.skipped]).toEqual(["failed", [], 1, 3]);
  expect(told(events)).toEqual([
    "node.started n",
    "node.failed n",
    "node.skipped test",
    "node.skipped choice",
    "node.skipped end",
  ]);
});

test("a failure in a branch that was asked for skips the lazy node", async () => {
  const { log, events } = await run({ ...branches(1, "test/fail"), b: ["test/number", { value: 1 }] });
  expect(log).toEqual(["n", "test"]);
  expect(told(events).slice(-2)).toEqual(["node.failed a", "node.skipped end"]);
});

test("a node that asks for what is not lazy fails", async () => {
  const { errors, events } = await run({ end: ["test/misspelt", { condition: 1 }] });
  expect(errors).toMatchObject([{ code: "node.internal", node: "end" }]);
  expect(told(events)).toEqual(["node.failed end"]);
  expect(events[0]?.type).toBe("run.started");
});

test("a run that is cancelled between its stages ends", async () => {
  const cancel = new AbortController();
  const { status, log } = await run(branches(1), {
    signal: cancel.signal,
    onEvent: (event) => void (event.type === "node.finished" && event.node === "test" && cancel.abort()),
  });
  expect([status, log]).toEqual(["cancelled", ["n", "test"]]);
});
