import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import type { JsonValue } from "../json.ts";
import { defineNode } from "../node/define-node.ts";
import type { NamedInput, Workflow, WorkflowGraph, WorkflowNode } from "../workflow/workflow.ts";
import type { RunEvent } from "./events.ts";

type Nodes = Parameters<typeof workflowOf>[0];
const input = (name: string): JsonValue => ({ $input: name });
const number = (value?: JsonValue): NamedInput => ({ type: "number", ...(value !== undefined && { default: value }) });

/** A sub-workflow whose named output `value` is that of its node `of`. */
function graph(inputs: WorkflowGraph["inputs"], nodes: Nodes, of = "sum"): WorkflowGraph {
  return { inputs, nodes: workflowOf(nodes).nodes, outputs: { value: { node: of, output: "value" } }, view: {} };
}

/** Runs a workflow whose result is the output `value` of the node `end`. */
async function run(nodes: Nodes, workflows: Workflow["workflows"], more: { inputs?: Workflow["inputs"] } = {}) {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  const workflow = workflowOf(nodes, { workflows, outputs: { end: { node: "end", output: "value" } }, ...more });
  const result = await bench.run(workflow, {
    services: testServices({ nextSeed: (_mode, place) => place.length }),
  });
  return { ...result, log, bench, workflow };
}

const told = (events: readonly RunEvent[]) =>
  events.flatMap((event) => ("node" in event ? [`${event.type} ${event.node}`] : []));

/** x + 1 */
const increase = graph({ x: number() }, { sum: ["test/add", { a: input("x"), b: 1 }] });

test("the nodes of a sub-workflow run in its place, under the id of its user", async () => {
  const { log, outputs, events } = await run(
    {
      one: ["test/number", { value: 1 }],
      up: ["workflow/increase", { x: link("one") }],
      end: ["test/add", { a: link("up") }],
    },
    { increase },
  );
  expect([outputs, log]).toEqual([{ end: 2 }, ["one", "up/sum", "end"]]);
  expect(told(events)).toContain("node.finished up/sum");
});

test("a sub-workflow may use others", async () => {
  const twice = graph(
    { x: number() },
    { first: ["workflow/increase", { x: input("x") }], sum: ["workflow/increase", { x: link("first") }] },
  );
  const { log, outputs } = await run({ end: ["workflow/twice", { x: 5 }] }, { increase, twice });
  expect([outputs, log]).toEqual([{ end: 7 }, ["end/first/sum", "end/sum/sum"]]);
});

test("used twice with other inputs it runs twice, with the same inputs once", async () => {
  const nodes = (second: number): Nodes => ({
    a: ["workflow/increase", { x: 1 }],
    b: ["workflow/increase", { x: second }],
    end: ["test/add", { a: link("a"), b: link("b") }],
  });
  expect((await run(nodes(2), { increase })).log.toSorted()).toEqual(["a/sum", "b/sum", "end"]);
  const { log, outputs, events } = await run(nodes(1), { increase });
  expect([outputs, log]).toEqual([{ end: 4 }, ["a/sum", "end"]]);
  expect(told(events)).toContain("node.cached b/sum");
});

test("a node inside has the key that it would have outside", async () => {
  const { bench, log } = await run({ end: ["workflow/increase", { x: 1 }] }, { increase });
  const outside = workflowOf({ sum: ["test/add", { a: 1, b: 1 }] });
  const { counts } = await bench.run(outside, { targets: ["sum"] });
  expect([counts.cached, log]).toEqual([1, ["end/sum"]]);
});

test("only what is needed of a sub-workflow runs", async () => {
  const both = {
    ...graph({}, { left: ["test/number", { value: 1 }], right: ["test/number", { value: 2 }] }, "left"),
  };
  const { log } = await run({ part: ["workflow/both", {}], end: ["test/add", { a: link("part") }] }, { both });
  expect(log).toEqual(["part/left", "end"]);
});

test("an input that the user does not give has the sub-workflow's default", async () => {
  const part = graph({ x: number(40) }, { sum: ["test/add", { a: input("x"), b: 2 }] });
  expect((await run({ end: ["workflow/part", {}] }, { part })).outputs).toEqual({ end: 42 });
});

test("an input from a muted node has the default of the nearest named input on its way", async () => {
  const inner = graph({ x: number(1) }, { sum: ["test/add", { a: input("x") }] });
  const outer = graph({ y: number(10) }, { sum: ["workflow/inner", { x: input("y") }] });
  const off: Nodes[string] = ["test/number", { value: 5 }, "mute"];
  const nodes: Nodes = { off, end: ["workflow/outer", { y: link("off") }] };
  expect((await run(nodes, { inner, outer })).outputs).toEqual({ end: 10 });
  const direct: Nodes = { off, end: ["workflow/inner", { x: link("off") }] };
  expect((await run(direct, { inner })).outputs).toEqual({ end: 1 });
});

test("a bypassed use passes its first fitting input through, a bypassed node inside what its user gave", async () => {
  const use: Nodes[string] = ["workflow/increase", { x: link("one") }, "bypass"];
  const one: Nodes[string] = ["test/number", { value: 1 }];
  const end: Nodes[string] = ["test/add", { a: link("up") }];
  const outside = await run({ one, up: use, end }, { increase });
  expect([outside.outputs, outside.log]).toEqual([{ end: 1 }, ["one", "end"]]);
  const passing = graph({ x: number() }, { sum: ["test/add", { a: input("x"), b: 1 }, "bypass"] });
  const inside = await run({ one, up: ["workflow/passing", { x: link("one") }], end }, { passing });
  expect([inside.outputs, inside.log]).toEqual([{ end: 1 }, ["one", "end"]]);
});

test("a muted use and a muted node inside bring nothing", async () => {
  const end: Nodes[string] = ["test/add", { a: 7, b: link("up") }];
  const outside = await run({ up: ["workflow/increase", { x: 1 }, "mute"], end }, { increase });
  expect([outside.outputs, outside.log]).toEqual([{ end: 7 }, ["end"]]);
  const silent = graph({}, { sum: ["test/number", { value: 1 }, "mute"] });
  const inside = await run({ up: ["workflow/silent", {}], end }, { silent });
  expect([inside.outputs, inside.log]).toEqual([{ end: 7 }, ["end"]]);
});

test("a named input of the whole workflow reaches the nodes inside", async () => {
  const nodes: Nodes = { end: ["workflow/increase", { x: input("n") }] };
  expect((await run(nodes, { increase }, { inputs: { n: number(3) } })).outputs).toEqual({ end: 4 });
});

test("a value that arrives over a link is held against the named input that it passes", async () => {
  const narrow = graph({ x: { ...number(), max: 10 } }, { sum: ["test/add", { a: input("x") }] });
  const nodes: Nodes = { big: ["test/number", { value: 11 }], end: ["workflow/narrow", { x: link("big") }] };
  expect((await run(nodes, { narrow })).errors).toMatchObject([{ code: "input.range", node: "end/sum" }]);
  const given: Nodes = { end: ["workflow/narrow", { x: input("n") }] };
  expect((await run(given, { narrow }, { inputs: { n: number(11) } })).errors).toMatchObject([{ code: "input.range" }]);
});

test("a seed inside has a place for each use, a seed that is given to a use has one", async () => {
  const inside = graph({}, { sum: ["test/add", { a: { $seed: "increment" } }] });
  const nodes: Nodes = {
    a: ["workflow/inside", {}],
    bb: ["workflow/inside", {}],
    end: ["test/add", { a: link("a"), b: link("bb") }],
  };
  const { events } = await run(nodes, { inside });
  expect(events[0]).toMatchObject({ seeds: { "a/sum.a": expect.any(Number), "bb/sum.a": expect.any(Number) } });
  const pair = graph(
    { x: number() },
    { one: ["test/number", { value: input("x") }], sum: ["test/add", { a: link("one"), b: input("x") }] },
  );
  const given = await run({ end: ["workflow/pair", { x: { $seed: "increment" } }] }, { pair });
  expect(given.events[0]).toMatchObject({ seeds: { "end.x": expect.any(Number) } });
  expect(Object.keys((given.events[0] as { seeds: object }).seeds)).toHaveLength(1);
});

test("a list may mix what the user gives with what is inside", async () => {
  const log: string[] = [];
  const total = defineNode({
    type: "test/total",
    version: 1,
    title: "Total",
    category: "Test",
    description: "Sums.",
    inputs: { values: z.array(z.number()) },
    outputs: { value: z.number() },
    run: ({ values }) => ({ value: values.reduce((sum, value) => sum + value, 0) }),
  });
  const part = graph(
    { x: number() },
    { two: ["test/number", { value: 2 }], sum: ["test/total", { values: [1, link("two"), input("x")] }] },
  );
  const workflow = workflowOf(
    { four: ["test/number", { value: 4 }], end: ["workflow/part", { x: link("four") }] },
    { workflows: { part }, outputs: { end: { node: "end", output: "value" } } },
  );
  const { outputs } = await engineWith([total, ...arithmetic(log)]).run(workflow);
  expect([outputs, log.toSorted()]).toEqual([{ end: 7 }, ["end/two", "four"]]);
});

test("an output node inside is a target, and any node inside may be", async () => {
  const log: string[] = [];
  const show = defineNode({
    type: "test/show",
    version: 1,
    title: "Show",
    category: "Test",
    description: "Shows.",
    isOutput: true,
    inputs: { value: z.number() },
    outputs: {},
    run: (_inputs, ctx) => (log.push(ctx.run.node), {}),
  });
  const part = graph(
    {},
    {
      sum: ["test/number", { value: 1 }],
      other: ["test/number", { value: 2 }],
      see: ["test/show", { value: link("sum") }],
    },
  );
  const bench = engineWith([show, ...arithmetic(log)]);
  const workflow = workflowOf({ use: ["workflow/part", {}] }, { workflows: { part } });
  await bench.run(workflow);
  await bench.run(workflow, { targets: ["use/other"] });
  expect(log).toEqual(["use/sum", "use/see", "use/other"]);
  expect(bench.plan(workflow, ["use"]).targets.length).toBe(2);
  expect(() => bench.plan(workflow, ["use/othr"])).toThrow("No named output and no node is called `use/othr`");
});

test("10,000 uses in a chain, each with a bypassed node inside, plan in linear time", () => {
  const passing = graph({ x: number() }, { sum: ["test/add", { a: input("x") }, "bypass"] });
  const nodes: Record<string, WorkflowNode> = { n0: { type: "test/number", version: 1, inputs: { value: 1 } } };
  const targets = ["n0"];
  for (let i = 1; i <= 10_000; i++) {
    nodes[`n${i}`] = { type: "workflow/passing", version: 1, inputs: { x: link(`n${i - 1}`) } };
    nodes[`t${i}`] = { type: "test/add", version: 1, inputs: { a: link(`n${i}`), b: i } };
    targets.push(`t${i}`);
  }
  const plan = engineWith(arithmetic()).plan({ ...workflowOf({}, { workflows: { passing } }), nodes }, targets);
  expect(plan.nodes.length).toBe(10_001);
});
