import { expect, test } from "vitest";
import { z } from "zod";
import { testServices } from "../../test/node-host.ts";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { EngineError } from "../errors.ts";
import type { RemoteService } from "../host.ts";
import type { JsonValue } from "../json.ts";
import { defineNode } from "../node/define-node.ts";
import type { Workflow } from "../workflow/workflow.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;

const paint = defineNode({
  ...common,
  type: "test/paint",
  inputs: { value: z.number().default(1), method: z.enum(["shop", "own"]).default("shop") },
  outputs: { value: z.number() },
  resource: "remote",
  paid: true,
  paidWhen: { input: "method", is: ["shop"] },
  service: "shop",
  model: "shop/model",
  async run({ value, method }, ctx) {
    const job = { model: "shop/model", identity: value, body: () => ({}), signal: ctx.signal, report: () => undefined };
    if (method === "shop") await ctx.remote.run(job);
    return { value };
  },
});

const choose = defineNode({
  ...common,
  type: "test/choose",
  inputs: { method: z.enum(["shop", "own"]) },
  outputs: { method: z.enum(["shop", "own"]) },
  run: ({ method }) => ({ method }),
});

/** A shop that sells, or one that has no key. */
function services(isOpen = true) {
  const sold: unknown[] = [];
  const shop: RemoteService = {
    scope: "shop",
    label: "Shop",
    price: async () => ({ usd: 1, unit: "request" }),
    run: async ({ identity, body }) => {
      await body();
      sold.push(identity);
      return { requestId: "r1", files: [], attached: false };
    },
  };
  const remote = () => {
    if (!isOpen) throw new EngineError({ code: "secret.missing", message: "There is no key." });
    return shop;
  };
  return { sold, services: testServices({ remote }) };
}

async function paidCounts(workflow: Workflow, inputs: Record<string, JsonValue> = {}) {
  const bench = engineWith([paint, choose]);
  const shop = services();
  const plan = bench.plan(workflow, ["a"]);
  const { counts, problems } = await bench.engine.preview(plan, { services: shop.services, inputs });
  const run = bench.start(plan, { services: shop.services, inputs });
  const result = await run.finished;
  const started = run.events.find((event) => event.type === "run.started");
  return { planned: counts.paid, problems, announced: started?.paid, paid: result.counts.paid, sold: shop.sold.length };
}
const same = (jobs: number) => ({ planned: jobs, problems: [], announced: jobs, paid: jobs, sold: jobs });
const named: Partial<Workflow> = { inputs: { how: { type: "string", default: "own" } } };

test.each([
  ["written", { method: "shop" }, 1],
  ["as its default", {}, 1],
  ["written", { method: "own" }, 0],
])("a node pays by its method, %s: %o is %i", async (_how, inputs, jobs) => {
  expect(await paidCounts(workflowOf({ a: ["test/paint", inputs] }))).toEqual(same(jobs));
});

test("a method that is a named input is the caller's, and else its default", async () => {
  const workflow = workflowOf({ a: ["test/paint", { method: { $input: "how" } }] }, named);
  expect(await paidCounts(workflow)).toEqual(same(0));
  expect(await paidCounts(workflow, { how: "shop" })).toEqual(same(1));
});

test("a method that only the run brings counts as paid, and buys only what it says", async () => {
  const workflow = workflowOf({
    c: ["test/choose", { method: "own" }],
    a: ["test/paint", { method: link("c", "method") }],
  });
  expect(await paidCounts(workflow)).toMatchObject({ planned: 1, announced: 1, sold: 0 });
});

test.each([
  ["written", workflowOf({ a: ["test/paint", { method: "own" }] })],
  ["named", workflowOf({ a: ["test/paint", { method: { $input: "how" } }] }, named)],
])("without a key the method that needs none runs: %s", async (_how, workflow) => {
  const { status } = await engineWith([paint]).run(workflow, { targets: ["a"], ...services(false) });
  expect(status).toBe("succeeded");
});

test("the two methods never share a result", async () => {
  const bench = engineWith([paint]);
  const { services: open, sold } = services();
  await bench.run(workflowOf({ a: ["test/paint", { method: "own" }] }), { targets: ["a"], services: open });
  await bench.run(workflowOf({ a: ["test/paint", { method: "shop" }] }), { targets: ["a"], services: open });
  expect(sold).toEqual([1]);
});

test("more jobs than are allowed are counted without the unpaid ones", async () => {
  const nodes = workflowOf({
    a: ["test/paint", { method: "own", value: 1 }],
    b: ["test/paint", { method: "shop", value: 2 }],
    c: ["test/paint", { method: "shop", value: 3 }],
  });
  const options = { targets: ["a", "b", "c"], ...services() };
  expect(await engineWith([paint]).run(nodes, { ...options, maxPaid: 2 })).toMatchObject({ status: "succeeded" });
  const refused = await engineWith([paint]).run(nodes, { ...options, maxPaid: 1 });
  expect(refused.errors).toMatchObject([{ code: "money/confirm", received: "2" }]);
});

test("a definition that names no input of its own is refused", () => {
  const wrong = { ...common, type: "test/wrong", inputs: {}, outputs: {}, run: () => ({}) };
  expect(() => defineNode({ ...wrong, paid: true, paidWhen: { input: "method", is: ["x"] } })).toThrow(TypeError);
  expect(() => defineNode({ ...wrong, inputs: { method: z.string() }, paidWhen: { input: "method", is: [] } })).toThrow(
    TypeError,
  );
});
