import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { Limits } from "../host.ts";
import type { JsonValue } from "../json.ts";
import { defineNode } from "../node/define-node.ts";
import { Image, Json } from "../node/sockets.ts";
import type { ImageValue } from "../values/image.ts";
import type { Workflow } from "../workflow/workflow.ts";

type Nodes = Parameters<typeof workflowOf>[0];
const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const number = { value: z.number() };
const pixel = (level: number): ImageValue => ({
  kind: "image",
  width: 1,
  height: 1,
  channels: 1,
  depth: "u8",
  data: Uint8Array.of(level),
});
const one: Partial<Limits> = { cpu: 1, network: 1, remote: 1 };

/** Nodes that note in `log` what they did; `test/nest` expands as often as it says, each time one level deeper. */
function bench(log: string[] = [], limits: Partial<Limits> = {}) {
  const add = { ...common, inputs: { a: z.number(), b: z.number().default(0) }, outputs: number };
  const sum = ({ a, b }: { readonly a: number; readonly b: number }) => {
    if (a < 0) throw new Error(`${a} is negative`);
    log.push(`${a}+${b}`);
    return { value: a + b };
  };
  return engineWith(
    [
      defineNode({ ...add, type: "test/add", run: sum }),
      defineNode({ ...add, type: "test/later", run: async (inputs) => (await Promise.resolve(), sum(inputs)) }),
      defineNode({ ...add, type: "test/paid", resource: "remote", paid: true, run: sum }),
      defineNode({
        ...common,
        type: "test/list",
        inputs: { values: z.array(z.number()) },
        outputs: { values: z.array(z.number()) },
        run: ({ values }) => ({ values }),
      }),
      defineNode({
        ...common,
        type: "test/total",
        inputs: { values: z.array(z.number()) },
        outputs: number,
        run: ({ values }) => ({ value: values.reduce((a, b) => a + b, 0) }),
      }),
      defineNode({
        ...common,
        type: "test/nest",
        inputs: { a: z.number(), left: z.int() },
        outputs: number,
        run({ a, left }, ctx) {
          log.push(`nest ${left}`);
          if (left === 0) return { value: a };
          return ctx.expand({
            nodes: {
              more: { type: "test/later", inputs: { a, b: 1 } },
              next: { type: "test/nest", inputs: { a: link("more"), left: left - 1 } },
            },
            outputs: { value: { node: "next", output: "value" } },
          });
        },
      }),
      defineNode({
        ...common,
        type: "test/switch",
        inputs: { a: z.number(), yes: z.number().default(0), no: z.number().default(0) },
        outputs: number,
        lazy: ["yes", "no"],
        needs: ({ a }) => [a! > 0 ? "yes" : "no"],
        run: ({ a, yes, no }) => (log.push(`switch ${a}`), { value: a > 0 ? yes : no }),
      }),
      defineNode({
        ...common,
        type: "test/pixel",
        inputs: { level: z.number() },
        outputs: { image: Image },
        run: ({ level }) => (log.push(`pixel ${level}`), { image: pixel(level) }),
      }),
      defineNode({
        ...common,
        type: "test/level",
        inputs: { image: Image },
        outputs: number,
        run: ({ image }) => (log.push(`level ${image.data[0]}`), { value: image.data[0]! }),
      }),
      defineNode({
        ...common,
        type: "test/look",
        inputs: { image: Image, nonce: z.number().default(0) },
        outputs: number,
        run: ({ image }, ctx) =>
          ctx.expand({
            nodes: { level: { type: "test/level", inputs: { image: { $input: "image" } } } },
            outputs: { value: { node: "level", output: "value" } },
            inputs: { image },
          }),
      }),
      defineNode({
        ...common,
        type: "test/hang",
        inputs: {},
        outputs: number,
        run: (_, { signal }) =>
          new Promise((_resolve, reject) => {
            log.push("hang");
            signal.addEventListener("abort", () => reject(signal.reason as Error));
          }),
      }),
      defineNode({
        ...common,
        type: "test/graph",
        inputs: { graph: Json },
        outputs: number,
        run: ({ graph }, ctx) => ctx.expand(graph as unknown as Parameters<typeof ctx.expand>[0]),
      }),
      defineNode({
        ...common,
        type: "test/use",
        inputs: { workflow: z.string().meta({ subWorkflow: true }), a: z.number() },
        outputs: number,
        run: ({ workflow, a }, ctx) =>
          ctx.expand({
            nodes: { body: { type: `workflow/${workflow}`, inputs: { a } } },
            outputs: { value: { node: "body", output: "value" } },
          }),
      }),
    ],
    { limits },
  );
}

const workflow = (nodes: Nodes, more: Partial<Workflow> = {}): Workflow =>
  workflowOf(nodes, { outputs: { end: { node: "end", output: "value" } }, ...more });

async function run(nodes: Nodes, limits?: Partial<Limits>) {
  const log: string[] = [];
  const result = await bench(log, limits).run(workflow(nodes));
  return { ...result, log };
}

const graph = (nodes: JsonValue): Nodes[string] => [
  "test/graph",
  { graph: { nodes, outputs: { value: { node: "a", output: "value" } } } },
];

test("a node may answer with others, whose output becomes its own", async () => {
  const { outputs, events, counts } = await run({ end: ["test/nest", { a: 5, left: 1 }] });
  expect([outputs, counts.executed]).toEqual([{ end: 6 }, 3]);
  expect(events.flatMap((event) => ("node" in event ? [`${event.type} ${event.node}`] : []))).toEqual([
    "node.started end",
    "node.expanded end",
    "node.started end/more",
    "node.finished end/more",
    "node.started end/next",
    "node.finished end/next",
    "node.finished end",
  ]);
});

test("three nested expansions with every limit at 1 do not wait for each other", async () => {
  const { outputs, log } = await run({ end: ["test/nest", { a: 0, left: 3 }] }, one);
  expect([outputs, log]).toEqual([{ end: 3 }, ["nest 3", "0+1", "nest 2", "1+1", "nest 1", "2+1", "nest 0"]]);
});

test("a list through nested expansions behind a lazy node, with every limit at 1", async () => {
  const { outputs, log } = await run(
    {
      l: ["test/list", { values: [1, -1, 2] }],
      up: ["test/add", { a: 3 }],
      never: ["test/later", { a: 100 }],
      pick: ["test/switch", { a: link("up"), yes: link("l", "values"), no: link("never") }],
      nest: ["test/nest", { a: link("pick"), left: 3 }],
      end: ["test/total", { values: link("nest") }],
    },
    one,
  );
  expect(log).not.toContain("100+0");
  expect(outputs).toEqual({});
  const good = await run(
    {
      l: ["test/list", { values: [1, 4, 2] }],
      up: ["test/add", { a: 3 }],
      never: ["test/later", { a: 100 }],
      pick: ["test/switch", { a: link("up"), yes: link("l", "values"), no: link("never") }],
      nest: ["test/nest", { a: link("pick"), left: 3 }],
      end: ["test/total", { values: link("nest") }],
    },
    one,
  );
  expect([good.outputs, good.log.includes("100+0")]).toEqual([{ end: 16 }, false]);
});

test("an expansion may hold lists and lazy nodes, with every limit at 1", async () => {
  const { outputs, log, counts } = await run(
    {
      end: graph({
        l: { type: "test/list", inputs: { values: [1, 2] } },
        dear: { type: "test/paid", inputs: { a: 7 } },
        more: { type: "test/nest", inputs: { a: link("l", "values"), left: 2 } },
        all: { type: "test/total", inputs: { values: link("more") } },
        a: { type: "test/switch", inputs: { a: 1, yes: link("all"), no: link("dear") } },
      }),
    },
    one,
  );
  expect([outputs, counts.paid, log.includes("7+0")]).toEqual([{ end: 7 }, 0, false]);
});

test("run again, the node is found by its own key and expands to nothing", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  await again(workflow({ end: ["test/nest", { a: 0, left: 3 }] }));
  log.length = 0;
  const { counts } = await again(workflow({ end: ["test/nest", { a: 0, left: 3 }] }));
  expect([log, counts]).toMatchObject([[], { executed: 0, cached: 1 }]);
});

test("nodes of an expansion are cached like all others: two that expand to the same share them", async () => {
  const { log } = await run({
    a: ["test/nest", { a: 0, left: 1 }],
    end: graph({
      a: { type: "test/later", inputs: { a: link("b"), b: 5 } },
      b: { type: "test/later", inputs: { a: 0, b: 1 } },
    }),
  });
  expect(log.filter((entry) => entry === "0+1")).toHaveLength(1);
});

test("pixels that are handed on keep their identity: they are looked at once", async () => {
  const { outputs, log } = await run({
    image: ["test/pixel", { level: 9 }],
    first: ["test/look", { image: link("image", "image") }],
    end: ["test/look", { image: link("image", "image"), nonce: link("first") }],
  });
  expect([outputs, log]).toEqual([{ end: 9 }, ["pixel 9", "level 9"]]);
});

test("a failure inside is the node's too: counted once, and what follows is skipped", async () => {
  const { status, errors, counts, events } = await run({
    bad: graph({ a: { type: "test/add", inputs: { a: -1 } } }),
    end: ["test/add", { a: link("bad") }],
  });
  expect([status, errors.map(({ node }) => node), counts.failed, counts.skipped]).toEqual(["failed", ["bad/a"], 1, 1]);
  expect(events.filter(({ type }) => type === "node.failed")).toMatchObject([{ node: "bad/a" }, { node: "bad" }]);
});

test.each([
  ["an unknown type", { a: { type: "test/none" } }, "expand.invalid"],
  ["a missing input", { a: { type: "test/add" } }, "expand.invalid"],
  ["a circle", { a: { type: "test/add", inputs: { a: link("a") } } }, "expand.invalid"],
  ["a seed of its own", { a: { type: "test/add", inputs: { a: { $seed: "random" } } } }, "expand.invalid"],
  ["no such output", { b: { type: "test/add", inputs: { a: 1 } } }, "expand.invalid"],
])("nodes that cannot run are refused: %s", async (_, nodes, code) => {
  const { errors } = await run({ end: graph(nodes) });
  expect(errors).toMatchObject([{ code, node: "end" }]);
});

test("expansions nested more than 64 deep are refused", async () => {
  const { errors } = await run({ end: ["test/nest", { a: 0, left: 70 }] });
  expect(errors[0]).toMatchObject({ code: "expand.too-deep" });
});

test("paid jobs of an expansion are counted before any of them starts", async () => {
  const paid = (count: number): JsonValue =>
    Object.fromEntries([
      ...Array.from({ length: count }, (_, i) => [`p${i}`, { type: "test/paid", inputs: { a: i } }] as const),
      ["all", { type: "test/total", inputs: { values: Array.from({ length: count }, (_, i) => link(`p${i}`)) } }],
      ["a", { type: "test/add", inputs: { a: link("all") } }],
    ]);
  const refused = await run({ end: graph(paid(11)) });
  expect([refused.errors[0]?.code, refused.log]).toEqual(["money/confirm", []]);
  const { counts } = await run({ end: graph(paid(10)) });
  expect(counts.paid).toBe(10);
});

const body = (by: number): Workflow["workflows"][string] => ({
  inputs: { a: { type: "number" } },
  outputs: { value: { node: "add", output: "value" } },
  nodes: { add: { type: "test/add", version: 1, inputs: { a: { $input: "a" }, b: by } } },
  view: {},
});

test("a node that names a sub-workflow has what is in it in its key", async () => {
  const log: string[] = [];
  const { run: again } = bench(log);
  const nodes: Nodes = { end: ["test/use", { workflow: "step", a: 1 }] };
  const first = await again(workflow(nodes, { workflows: { step: body(10) } }));
  const second = await again(workflow(nodes, { workflows: { step: { ...body(10), view: { moved: true } } } }));
  const third = await again(workflow(nodes, { workflows: { step: body(20) } }));
  expect([first.outputs, second.counts.executed, third.outputs]).toEqual([{ end: 11 }, 0, { end: 21 }]);
});

test("cancelling ends a run inside of an expansion", async () => {
  const log: string[] = [];
  const { plan, start } = bench(log);
  const running = start(plan(workflow({ end: graph({ a: { type: "test/hang" } }) })));
  while (!log.includes("hang")) await new Promise((resolve) => setImmediate(resolve));
  running.cancel();
  expect(await running.finished).toMatchObject({ status: "cancelled", errors: [] });
});
