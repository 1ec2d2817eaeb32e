import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import type { RemoteJobRequest, RemoteService } from "../host.ts";
import { defineNode } from "../node/define-node.ts";

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
    await ctx.remote.run({ model: "shop/model", identity: given, body: () => ({}), signal: ctx.signal, report });
    return { value: given };
  },
});

const add = defineNode({
  ...common,
  type: "test/plus",
  inputs: { value: z.number() },
  outputs: value,
  run: ({ value: given }) => ({ value: given + 1 }),
});

const chain = workflowOf(
  {
    first: ["test/buy", { value: 1 }],
    plus: ["test/plus", { value: link("first") }],
    second: ["test/buy", { value: link("plus") }],
  },
  { outputs: { end: { node: "second", output: "value" } } },
);

/** A service that remembers what it was asked for, and answers when it is let. */
function shop(answer: () => Promise<void> = async () => undefined) {
  const asked: RemoteJobRequest[] = [];
  const remote: RemoteService = {
    scope: "shop",
    label: "Shop",
    run: async (job) => {
      asked.push(job);
      await job.body();
      await answer();
      const take = job.again ? { take: 2 } : {};
      return { requestId: `r${asked.length}`, files: [], attached: false, ...take };
    },
  };
  return { asked, services: { ...testServices(), remote: async () => remote } };
}

test("a node that is ordered again asks for one more job, those behind it run as ever", async () => {
  const { asked, services } = shop();
  const bench = engineWith([buy, add]);
  await bench.run(chain, { services });
  const { events } = await bench.run(chain, { services, id: "order-7", again: ["first"] });
  expect(asked.slice(2).map(({ identity, again }) => [identity, again])).toEqual([
    [1, { order: "order-7" }],
    [2, undefined],
  ]);
  expect(events.find(({ type }) => type === "run.started")).toMatchObject({ paid: 2, again: ["first"] });
  expect(events.find(({ type }) => type === "remote.ended")).toMatchObject({ node: "first", take: 2 });
});

test("a run that repeats another one's order has its name", async () => {
  const { asked, services } = shop();
  await engineWith([buy, add]).run(chain, { services, again: ["first"], order: "earlier" });
  expect(asked[0]?.again).toEqual({ order: "earlier" });
});

test("what another run is making of the same inputs is not what was ordered anew", async () => {
  let release = (): void => undefined;
  const open = new Promise<void>((resolve) => (release = resolve));
  const { asked, services } = shop(() => open);
  const bench = engineWith([buy, add]);
  const runs = [bench.run(chain, { services }), bench.run(chain, { services, again: ["first"] })];
  while (asked.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  release();
  await Promise.all(runs);
  expect(asked.filter(({ identity }) => identity === 1).map(({ again }) => again !== undefined)).toEqual([false, true]);
});

test.each([
  ["plus", "again.not-paid"],
  ["fist", "from.unknown"],
])("ordering %s again is refused before anything runs: %s", async (node, code) => {
  const { asked, services } = shop();
  const { errors } = await engineWith([buy, add]).run(chain, { services, again: [node] });
  expect([errors[0]?.code, asked]).toEqual([code, []]);
});
