import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import { EngineError, type RemoteEnding } from "../errors.ts";
import type { ModelPrice, RemoteJobRequest, RemoteService } from "../host.ts";
import { defineNode } from "../node/define-node.ts";
import type { RunOptions } from "../run/run-options.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const value = { value: z.number() };

const buy = defineNode({
  ...common,
  type: "test/buy",
  inputs: { value: z.number() },
  outputs: value,
  resource: "remote",
  paid: true,
  service: "shop",
  model: "shop/model",
  async run({ value: given }, ctx) {
    const report = (): void => undefined;
    await ctx.remote.run({ model: "shop/model", identity: given, body: () => ({ given }), signal: ctx.signal, report });
    return { value: given };
  },
});

const list = defineNode({
  ...common,
  type: "test/list",
  inputs: { values: z.array(z.number()) },
  outputs: { values: z.array(z.number()) },
  run: ({ values }) => ({ values }),
});

interface Shop {
  readonly price?: Partial<ModelPrice> | undefined;
  /** What jobs really cost; default: nothing is said. */
  readonly costUsd?: number;
  /** How jobs of a value end instead of succeeding. */
  readonly endings?: Readonly<Record<number, RemoteEnding>>;
  /** Values that an earlier run has submitted. */
  readonly known?: readonly number[];
}

/** A service that makes the body when it submits, as the port says, and knows what it was sent. */
function shop({ price, costUsd, endings = {}, known = [] }: Shop) {
  const submitted: number[] = [];
  const asked: string[] = [];
  const run = async (job: RemoteJobRequest) => {
    const given = job.identity as number;
    const attached = known.includes(given);
    if (!attached) {
      await job.body();
      submitted.push(given);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const ending = endings[given];
    const cost = attached || costUsd === undefined ? {} : { costUsd };
    if (ending) throw new EngineError({ code: `remote.${ending}`, message: "It ended.", ending, ...cost });
    return { requestId: `r${given}`, files: [], attached, ...(costUsd !== undefined && { costUsd }) };
  };
  const service: RemoteService = {
    scope: "shop",
    label: "Shop",
    run,
    async price(model) {
      asked.push(model);
      return price && { usd: 1, unit: "request", ...price };
    },
  };
  return { submitted, asked, services: testServices({ remote: () => service }) };
}

async function buyItems(count: number, of: Shop, options: Partial<RunOptions>) {
  const { services, submitted, asked } = shop(of);
  const values = Array.from({ length: count }, (_, i) => i + 1);
  const nodes = workflowOf({ l: ["test/list", { values }], end: ["test/buy", { value: link("l", "values") }] });
  const result = await engineWith([buy, list]).run(nodes, { targets: ["end"], services, ...options });
  const started = result.events.find((event) => event.type === "run.started");
  return { ...result, submitted, asked, started, codes: result.errors.map(({ code }) => code) };
}

async function buyNodes(count: number, of: Shop, options: Partial<RunOptions>) {
  const { services, submitted, asked } = shop(of);
  const ids = Array.from({ length: count }, (_, i) => `n${i + 1}`);
  const nodes = Object.fromEntries(
    ids.map((id, i): [string, [string, { value: number }]] => [id, ["test/buy", { value: i + 1 }]]),
  );
  const result = await engineWith([buy]).run(workflowOf(nodes), { targets: ids, services, ...options });
  const started = result.events.find((event) => event.type === "run.started");
  return { ...result, submitted, asked, started, codes: result.errors.map(({ code }) => code) };
}

test("a budget is spent up to and not beyond, by jobs that are submitted at once", async () => {
  const { submitted, codes, counts, status } = await buyItems(5, { price: { usd: 1 } }, { budgetUsd: 2.5 });
  expect([submitted.length, codes, counts.executed, status]).toEqual([2, ["money/budget"], 3, "failed"]);
});

test("a budget that is exactly enough is enough", async () => {
  const { submitted, status } = await buyItems(3, { price: { usd: 0.1 } }, { budgetUsd: 0.3 });
  expect([submitted.length, status]).toEqual([3, "succeeded"]);
});

test("what was bought before the budget ended is kept and not bought again", async () => {
  const { services, submitted } = shop({ price: { usd: 1 } });
  const bench = engineWith([buy, list]);
  const nodes = workflowOf({
    l: ["test/list", { values: [1, 2, 3] }],
    end: ["test/buy", { value: link("l", "values") }],
  });
  await bench.run(nodes, { targets: ["end"], services, budgetUsd: 2 });
  const again = await bench.run(nodes, { targets: ["end"], services, budgetUsd: 1 });
  expect([submitted.length, again.status, again.counts.paid]).toEqual([3, "succeeded", 1]);
});

test("a budget allows more than ten jobs, --max-paid beside it limits them", async () => {
  expect((await buyItems(12, { price: { usd: 0.01 } }, { budgetUsd: 1 })).submitted.length).toBe(12);
  const both = await buyItems(12, { price: { usd: 0.01 } }, { budgetUsd: 1, maxPaid: 5 });
  expect([both.submitted, both.codes]).toEqual([[], ["money/confirm"]]);
});

test("a job that fails counts as what the service says that it has cost, also when that is nothing", async () => {
  const dear = { price: { usd: 1 }, costUsd: 1, endings: { 1: "failed" } } as const;
  const one = await buyItems(3, dear, { budgetUsd: 2 });
  expect([one.submitted.length, one.counts.costUsd]).toEqual([2, 2]);
  expect(one.events.find((event) => event.type === "remote.ended")).toMatchObject({ ending: "failed", costUsd: 1 });
  const free = await buyItems(3, { ...dear, costUsd: 0 }, { budgetUsd: 1, maxPaid: 3 });
  expect(free.counts.costUsd).toBe(0);
});

test("jobs that turn out dearer than their price count as what they cost", async () => {
  const { services, submitted } = shop({ price: { usd: 0.1 }, costUsd: 1 });
  const nodes = workflowOf({
    l: ["test/list", { values: [1, 2, 3, 4] }],
    end: ["test/buy", { value: link("l", "values") }],
  });
  const bench = engineWith([buy, list], { limits: { remote: 1 } });
  const { errors, counts } = await bench.run(nodes, { targets: ["end"], services, budgetUsd: 2.05 });
  expect([submitted, errors.map(({ code }) => code), counts.costUsd]).toEqual([[1, 2], ["money/budget"], 2]);
});

test.each<[RemoteEnding, number]>([
  ["rejected", 2],
  ["cancelled", 2],
  ["failed", 1],
  ["unknown", 1],
  ["detached", 1],
])("a job that is %s leaves a budget for one job enough for %i submits", async (ending, submits) => {
  const { services, submitted } = shop({ price: { usd: 1 }, endings: { 1: ending } });
  const nodes = workflowOf({ l: ["test/list", { values: [1, 2] }], end: ["test/buy", { value: link("l", "values") }] });
  const bench = engineWith([buy, list], { limits: { remote: 1 } });
  await bench.run(nodes, { targets: ["end"], services, budgetUsd: 1 });
  expect(submitted.length).toBe(submits);
});

test("a job that an earlier run has submitted costs nothing now", async () => {
  const { submitted, status, counts } = await buyNodes(
    2,
    { price: { usd: 1 }, known: [1], costUsd: 1 },
    { budgetUsd: 1 },
  );
  expect([submitted, status, counts.costUsd]).toEqual([[2], "succeeded", 1]);
});

test.each([
  ["not said", undefined],
  ["for each second", { usd: 0.01, unit: "second" }],
  ["no amount", { usd: Number.NaN }],
])("with a price that is %s a budget is refused before anything is submitted", async (_name, price) => {
  const refused = await buyNodes(1, { price }, { budgetUsd: 5 });
  expect([refused.codes, refused.submitted, refused.started]).toEqual([["money/budget"], [], undefined]);
  expect(refused.errors[0]?.suggestion).toContain("--max-paid");
});

test("with --max-paid an unknown price is allowed, and costs that become known are counted", async () => {
  const { services, submitted } = shop({ costUsd: 2 });
  const nodes = workflowOf({
    l: ["test/list", { values: [1, 2, 3] }],
    end: ["test/buy", { value: link("l", "values") }],
  });
  const bench = engineWith([buy, list], { limits: { remote: 1 } });
  const result = await bench.run(nodes, { targets: ["end"], services, budgetUsd: 3, maxPaid: 3 });
  expect([submitted, result.errors[0]?.code, result.counts.costUsd]).toEqual([[1], "money/budget", 2]);
});

test("a model that costs nothing has a price whatever is counted", async () => {
  const { status, counts, started } = await buyNodes(2, { price: { usd: 0, unit: "second" } }, { budgetUsd: 0 });
  expect([status, counts.costUsd, started?.estimateUsd]).toEqual(["succeeded", 0, 0]);
});

test("the estimate is in run.started, and prices are asked for only when somebody needs them", async () => {
  const asked = await buyNodes(2, { price: { usd: 0.25 } }, { budgetUsd: 1 });
  expect([asked.started?.estimateUsd, asked.asked]).toEqual([0.5, ["shop/model"]]);
  const plain = await buyNodes(2, { price: { usd: 0.25 } }, {});
  expect([plain.started?.estimateUsd, plain.asked, plain.counts.costUsd]).toEqual([undefined, [], undefined]);
});

test("a refusal of more jobs than are allowed says what they cost", async () => {
  const { errors, submitted } = await buyNodes(3, { price: { usd: 0.25 } }, { maxPaid: 2 });
  expect([errors[0]?.code, submitted]).toEqual(["money/confirm", []]);
  expect(errors[0]?.message).toContain("3 paid jobs for about $0.75");
});

test("a budget that is no amount is refused", async () => {
  expect((await buyNodes(1, { price: { usd: 0 } }, { budgetUsd: -1 })).codes).toEqual(["money/budget"]);
});

test("a node that submits more jobs than the plan could count stops at the limit", async () => {
  const greedy = defineNode({
    ...common,
    type: "test/greedy",
    inputs: {},
    outputs: value,
    resource: "remote",
    paid: true,
    service: "shop",
    async run(_inputs, ctx) {
      const report = (): void => undefined;
      for (let i = 1; i <= 3; i++)
        await ctx.remote.run({ model: "shop/model", identity: i, body: () => ({}), signal: ctx.signal, report });
      return { value: 1 };
    },
  });
  const { services, submitted } = shop({});
  const { errors } = await engineWith([greedy]).run(workflowOf({ a: ["test/greedy", {}] }), {
    targets: ["a"],
    services,
    maxPaid: 2,
  });
  expect([submitted, errors[0]?.code]).toEqual([[1, 2], "money/confirm"]);
});
