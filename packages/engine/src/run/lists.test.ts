import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import type { Limits } from "../host.ts";
import type { JsonValue } from "../json.ts";
import { defineNode } from "../node/define-node.ts";
import { Image } from "../node/sockets.ts";
import type { ImageValue } from "../values/image.ts";
import { checkWorkflow } from "../workflow/check-workflow.ts";
import type { Workflow } from "../workflow/workflow.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunEvent } from "./events.ts";

type Nodes = Parameters<typeof workflowOf>[0];
const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const value = { value: z.number() };
const told = (events: readonly RunEvent[]) =>
  events.flatMap((event) => ("node" in event ? [`${event.type} ${event.node}`] : []));
const pixel = (level: number): ImageValue => ({
  kind: "image",
  width: 1,
  height: 1,
  channels: 1,
  depth: "u8",
  data: Uint8Array.of(level),
});

/** An engine whose nodes note in `log` what they did. */
function bench(log: string[] = [], limits: Partial<Limits> = {}) {
  const add = { ...common, inputs: { a: z.number(), b: z.number().default(0) }, outputs: value };
  const sum = ({ a, b }: { readonly a: number; readonly b: number }) => {
    if (a < 0) throw new Error(`${a} is negative`);
    log.push(`${a}+${b}`);
    return { value: a + b };
  };
  return engineWith(
    [
      defineNode({
        ...common,
        type: "test/list",
        inputs: { values: z.array(z.number()) },
        outputs: { values: z.array(z.number()) },
        run: ({ values }) => (log.push("list"), { values }),
      }),
      defineNode({ ...add, type: "test/add", run: sum }),
      defineNode({ ...add, type: "test/later", run: async (inputs) => (await Promise.resolve(), sum(inputs)) }),
      defineNode({ ...add, type: "test/paid", resource: "remote", paid: true, run: sum }),
      defineNode({ ...add, type: "test/fresh", cache: "never", run: sum }),
      defineNode({
        ...common,
        type: "test/total",
        inputs: { values: z.array(z.number()) },
        outputs: value,
        run: ({ values }) => (log.push(`total ${values.join()}`), { value: values.reduce((a, b) => a + b, 0) }),
      }),
      defineNode({
        ...common,
        type: "test/pixels",
        inputs: { levels: z.array(z.number()) },
        outputs: { images: z.array(Image) },
        run: ({ levels }) => ({ images: levels.map(pixel) }),
      }),
      defineNode({
        ...common,
        type: "test/level",
        inputs: { image: Image },
        outputs: value,
        run: ({ image }) => (log.push(`level ${image.data[0]}`), { value: image.data[0]! }),
      }),
      defineNode({
        ...common,
        type: "test/repeat",
        inputs: { a: z.number() },
        outputs: { values: z.array(z.number()) },
        run: ({ a }) => ({ values: Array.of(a, a) }),
      }),
      defineNode({
        ...common,
        type: "test/switch",
        inputs: { a: z.number(), yes: z.number().default(0), no: z.number().default(0) },
        outputs: value,
        lazy: ["yes", "no"],
        needs: ({ a }) => [a! > 0 ? "yes" : "no"],
        run: ({ a, yes, no }) => (log.push(`switch ${a}`), { value: a > 0 ? yes : no }),
      }),
    ],
    { limits },
  );
}

const list = (...values: number[]): Nodes[string] => ["test/list", { values }];
const items = (node: string): JsonValue => link(node, "values");
const workflow = (nodes: Nodes, each?: "zip" | "product", more: Partial<Workflow> = {}): Workflow => {
  const made = workflowOf(nodes, { outputs: { end: { node: "end", output: "value" } }, ...more });
  return each ? { ...made, nodes: { ...made.nodes, end: { ...made.nodes.end!, each } } } : made;
};

async function run(nodes: Nodes, options: Partial<RunOptions> & { each?: "product" } = {}) {
  const { each, ...more } = options;
  const log: string[] = [];
  const result = await bench(log).run(workflow(nodes, each), { services: testServices(), ...more });
  return { ...result, log };
}

test("a node that takes one value runs for each item of a list; what is one value goes to all", async () => {
  const { outputs, log } = await run({ l: list(1, 2, 3), end: ["test/add", { a: items("l"), b: 10 }] });
  expect([outputs, log]).toEqual([{ end: [11, 12, 13] }, ["list", "1+10", "2+10", "3+10"]]);
});

test("a linked value goes to all items", async () => {
  const { log } = await run({
    one: ["test/add", { a: 7 }],
    l: list(1, 2),
    end: ["test/add", { a: items("l"), b: link("one") }],
  });
  expect(log.slice(-2)).toEqual(["1+7", "2+7"]);
});

test("two lists are taken in step", async () => {
  const { outputs } = await run({
    l: list(1, 2),
    m: list(10, 20),
    end: ["test/add", { a: items("l"), b: items("m") }],
  });
  expect(outputs).toEqual({ end: [11, 22] });
});

test("with each: product every item meets every other, the last input fastest", async () => {
  const nodes: Nodes = { l: list(1, 2), m: list(10, 20, 30), end: ["test/add", { a: items("l"), b: items("m") }] };
  const { log } = await run(nodes, { each: "product" });
  expect(log.slice(-6)).toEqual(["1+10", "1+20", "1+30", "2+10", "2+20", "2+30"]);
});

test("lists of two lengths are an error before any item of the node starts", async () => {
  const { errors, log } = await run({
    l: list(1, 2),
    m: list(1, 2, 3),
    end: ["test/add", { a: items("l"), b: items("m") }],
  });
  expect(errors).toMatchObject([{ code: "list.length", node: "end", received: "2 items for `a` and 3 for `b`" }]);
  expect(log).toEqual(["list", "list"]);
});

test("an empty list runs nothing and gives an empty list", async () => {
  const { outputs, status, log } = await run({
    l: list(),
    mid: ["test/add", { a: items("l") }],
    end: ["test/later", { a: link("mid") }],
  });
  expect([status, outputs, log]).toEqual(["succeeded", { end: [] }, ["list"]]);
});

test("an item fails alone: what runs for each item goes on with the others", async () => {
  const { status, outputs, log, errors, counts } = await run({
    l: list(1, -2, 3),
    mid: ["test/later", { a: items("l") }],
    end: ["test/add", { a: link("mid"), b: 10 }],
  });
  expect([status, outputs, counts.failed]).toEqual(["failed", {}, 1]);
  expect(log).toEqual(["list", "1+0", "1+10", "3+0", "3+10"]);
  expect(errors).toMatchObject([{ code: "node.internal", node: "mid", message: "-2 is negative" }]);
});

test("what takes the whole list is skipped when an item has failed", async () => {
  const { log, events } = await run({
    l: list(1, -2),
    mid: ["test/add", { a: items("l") }],
    end: ["test/total", { values: link("mid") }],
  });
  expect(log).toEqual(["list", "1+0"]);
  expect(told(events)).toContain("node.skipped end");
});

test("when every item fails the node has failed", async () => {
  const { events, counts } = await run({
    l: list(-1, -2),
    mid: ["test/add", { a: items("l") }],
    end: ["test/add", { a: link("mid") }],
  });
  expect(told(events).slice(-2)).toEqual(["node.failed mid", "node.skipped end"]);
  expect(counts).toMatchObject({ failed: 2, skipped: 1 });
});

test("an item is itself wherever it stands: only new ones run", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  const chain = (...values: number[]) =>
    workflow({
      l: list(...values),
      mid: ["test/add", { a: items("l") }],
      end: ["test/later", { a: link("mid"), b: 1 }],
    });
  await again(chain(1, 2, 3));
  log.length = 0;
  const { outputs, counts } = await again(chain(9, 3, 1));
  expect([outputs, log, counts.cached]).toEqual([{ end: [10, 4, 2] }, ["list", "9+0", "9+1"], 2]);
});

test("equal items run once", async () => {
  const { outputs, log } = await run({ l: list(5, 5, 6), end: ["test/add", { a: items("l") }] });
  expect([outputs, log]).toEqual([{ end: [5, 5, 6] }, ["list", "5+0", "6+0"]]);
});

test("pixels are the ones that their source made", async () => {
  const { outputs, log } = await run({
    p: ["test/pixels", { levels: [4, 4, 5] }],
    end: ["test/level", { image: link("p", "images") }],
  });
  expect([outputs, log]).toEqual([{ end: [4, 4, 5] }, ["level 4", "level 4", "level 5"]]);
});

test("a second run executes nothing, and looks only at the targets", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  const nodes: Nodes = {
    l: list(1, 2),
    mid: ["test/add", { a: items("l") }],
    end: ["test/total", { values: link("mid") }],
  };
  await again(workflow(nodes));
  log.length = 0;
  const { counts, events } = await again(workflow(nodes));
  expect([log, counts.executed, told(events)]).toEqual([[], 0, ["node.cached end"]]);
  const behind: Nodes = { ...nodes, end: ["test/add", { a: link("mid"), b: 5 }] };
  expect((await again(workflow(behind))).outputs).toEqual({ end: [6, 7] });
  expect(log).toEqual(["1+5", "2+5"]);
});

test("a node that takes a list takes it whole, also the one that many runs make", async () => {
  const { outputs } = await run({
    l: list(1, 2),
    mid: ["test/add", { a: items("l"), b: 1 }],
    end: ["test/total", { values: link("mid") }],
  });
  expect(outputs).toEqual({ end: 5 });
});

test("an input of a list takes several links, one link, and lists among them", async () => {
  const one: Nodes[string] = ["test/add", { a: 1 }];
  const many = await run({
    one,
    l: list(5, 6),
    end: ["test/total", { values: [link("one"), 3, items("l"), link("one")] }],
  });
  expect(many.log.at(-1)).toBe("total 1,3,5,6,1");
  const single = await run({ one, end: ["test/total", { values: link("one") }] });
  expect(single.log.at(-1)).toBe("total 1");
});

test("a list of lists is refused before anything runs", () => {
  const nodes: Nodes = { l: list(1), end: ["test/repeat", { a: items("l") }] };
  expect(() => bench().plan(workflow(nodes), ["end"])).toThrow("there are no lists of lists");
});

test("the check lets a list feed one value of its items' type and no other", () => {
  const { catalog } = bench().engine;
  const codes = (nodes: Nodes) => checkWorkflow(workflow(nodes), catalog).map(({ code }) => code);
  expect(codes({ l: list(1), end: ["test/add", { a: items("l") }] })).toEqual([]);
  expect(codes({ l: list(1), end: ["test/level", { image: items("l") }] })).toEqual(["link.type"]);
});

test("events tell a node once, and how many items are done", async () => {
  const { events } = await run({
    l: list(...Array.from({ length: 2000 }, (_, i) => i)),
    end: ["test/add", { a: items("l") }],
  });
  const ofEnd = events.filter((event) => "node" in event && event.node === "end");
  expect(ofEnd.length).toBeLessThan(100);
  expect([ofEnd[0]?.type, ofEnd.at(-1)?.type]).toEqual(["node.started", "node.finished"]);
  expect(ofEnd.at(-2)).toMatchObject({ type: "node.progress", value: 2000, total: 2000, note: "2000 of 2000" });
});

test("the end of a node that ran for a list tells how many items there were, and how many of them executed", async () => {
  const { run: again } = bench();
  const nodes = (...values: number[]) => workflow({ l: list(...values), end: ["test/add", { a: items("l") }] });
  const itemsOf = async (...values: number[]) =>
    (await again(nodes(...values))).events.flatMap((event) =>
      event.type === "node.finished" && event.node === "end" ? event.items : [],
    );
  expect(await itemsOf(1, 2)).toMatchObject([{ total: 2, executed: 2 }]);
  expect(await itemsOf(1, 2, 3)).toMatchObject([{ total: 3, executed: 1 }]);
});

test("paid items count one by one, and more than are allowed start none", async () => {
  const nodes: Nodes = { l: list(1, 2, 3), end: ["test/paid", { a: items("l") }] };
  const refused = await run(nodes, { maxPaid: 2 });
  expect([refused.errors[0]?.code, refused.errors[0]?.received, refused.log]).toEqual(["money/confirm", "3", ["list"]]);
  const allowed = await run(nodes, { maxPaid: 3 });
  expect([allowed.status, allowed.counts.paid]).toEqual(["succeeded", 3]);
});

test("paid items that are cached are not counted again", async () => {
  const { run: again } = bench();
  const nodes = (...values: number[]) => workflow({ l: list(...values), end: ["test/paid", { a: items("l") }] });
  await again(nodes(1, 2), { maxPaid: 2 });
  const { status, counts } = await again(nodes(1, 2, 3), { maxPaid: 1 });
  expect([status, counts.paid, counts.cached]).toEqual(["succeeded", 1, 2]);
});

test("a node that is never cached runs for each item of each run", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  const nodes = workflow({ l: list(1, 1), end: ["test/fresh", { a: items("l") }] });
  await again(nodes);
  await again(nodes);
  expect(log).toEqual(["list", "1+0", "1+0", "1+0", "1+0"]);
});

test("a lazy node asks for each item, and a branch runs that any of them needs", async () => {
  const nodes = (...values: number[]): Nodes => ({
    l: list(...values),
    yes: ["test/add", { a: 100 }],
    no: ["test/add", { a: 200 }],
    end: ["test/switch", { a: items("l"), yes: link("yes"), no: link("no") }],
  });
  const both = await run(nodes(1, 0));
  expect([both.outputs, both.log.toSorted()]).toEqual([
    { end: [100, 200] },
    ["100+0", "200+0", "list", "switch 0", "switch 1"],
  ]);
  expect((await run(nodes(1, 2))).log).toEqual(["list", "100+0", "switch 1", "switch 2"]);
});

test("lists go through sub-workflows, whose nodes run for each item", async () => {
  const log: string[] = [];
  const part = {
    inputs: { x: { type: "number" as const, max: 10 } },
    outputs: { value: { node: "plus", output: "value" } },
    nodes: workflowOf({ plus: ["test/add", { a: { $input: "x" }, b: 1 }] }).nodes,
    view: {},
  };
  const nodes = (...values: number[]): Nodes => ({ l: list(...values), end: ["workflow/part", { x: items("l") }] });
  const { run: through } = bench(log);
  expect((await through(workflow(nodes(1, 2), undefined, { workflows: { part } }))).outputs).toEqual({ end: [2, 3] });
  const { errors } = await through(workflow(nodes(3, 11), undefined, { workflows: { part } }));
  expect([errors.map(({ code }) => code), log.at(-1)]).toEqual([["input.range"], "3+1"]);
});

test("a run that is cancelled while items run ends cancelled", async () => {
  const cancel = new AbortController();
  const { status, log } = await run(
    { l: list(1, 2), end: ["test/later", { a: items("l") }] },
    { signal: cancel.signal, onEvent: ({ type }) => void (type === "node.progress" && cancel.abort()) },
  );
  expect([status, log.length]).toEqual(["cancelled", 3]);
});

test("with every limit at one 200 items through sync, async and remote nodes come to an end", async () => {
  const limits = { cpu: 1, network: 1, remote: 1 };
  const nodes: Nodes = {
    l: list(...Array.from({ length: 200 }, (_, i) => i)),
    a: ["test/add", { a: items("l") }],
    b: ["test/later", { a: link("a"), b: 1 }],
    c: ["test/paid", { a: link("b"), b: 2 }],
    end: ["test/total", { values: link("c") }],
  };
  const { outputs, counts } = await bench([], limits).run(workflow(nodes), { maxPaid: 200 });
  expect([outputs, counts.executed]).toEqual([{ end: 199 * 100 + 600 }, 602]);
});
