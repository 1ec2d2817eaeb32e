import { expect, test } from "vitest";
import { z } from "zod";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { Limits } from "../host.ts";
import { defineNode } from "../node/define-node.ts";

type Nodes = Parameters<typeof workflowOf>[0];
const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** `test/step` notes when it begins and ends, and how many values of its kind are alive. */
function bench(log: string[], limits: Partial<Limits> = {}) {
  const step = {
    ...common,
    inputs: { a: z.number(), by: z.number().default(0) },
    outputs: { value: z.number() },
  };
  return engineWith(
    [
      defineNode({
        ...common,
        type: "test/list",
        inputs: { values: z.array(z.number()) },
        outputs: { values: z.array(z.number()) },
        run: ({ values }) => ({ values }),
      }),
      defineNode({
        ...step,
        type: "test/step",
        async run({ a, by }, ctx) {
          log.push(`${ctx.run.node} ${a}`);
          await tick();
          if (a < 0) throw new Error("negative");
          return { value: a + by };
        },
      }),
      defineNode({
        ...step,
        type: "test/save",
        cache: "never",
        isOutput: true,
        run: ({ a }, ctx) => (log.push(`${ctx.run.node} ${a}`), { value: a }),
      }),
      defineNode({
        ...common,
        type: "test/sum",
        inputs: { values: z.array(z.number()) },
        outputs: { value: z.number() },
        run: ({ values }, ctx) => (
          log.push(`${ctx.run.node} ${values.join()}`),
          { value: values.reduce((a, b) => a + b, 0) }
        ),
      }),
    ],
    { limits },
  );
}

const chain: Nodes = {
  l: ["test/list", { values: [1, 2, 3] }],
  x: ["test/step", { a: link("l", "values"), by: 10 }],
  y: ["test/step", { a: link("x"), by: 100 }],
  z: ["test/save", { a: link("y") }],
};

test("with one slot an item goes through all nodes before the next one begins", async () => {
  const log: string[] = [];
  await bench(log, { cpu: 1 }).run(workflowOf(chain));
  expect(log).toEqual(["x 1", "y 11", "z 111", "x 2", "y 12", "z 112", "x 3", "y 13", "z 113"]);
});

test("no more items are begun than there are slots", async () => {
  const log: string[] = [];
  await bench(log, { cpu: 2 }).run(workflowOf(chain));
  expect(log.indexOf("x 3")).toBeGreaterThan(Math.min(log.indexOf("z 111"), log.indexOf("z 112")));
});

test("run again, each item is found from its end: nothing before it is asked for", async () => {
  const log: string[] = [];
  const { run } = bench(log, { cpu: 1 });
  await run(workflowOf(chain));
  log.length = 0;
  const { counts } = await run(workflowOf(chain));
  expect([log, counts]).toMatchObject([["z 111", "z 112", "z 113"], { executed: 3, cached: 4 }]);
});

test("what needs the whole list waits for it, and what is mapped behind it goes on from there", async () => {
  const log: string[] = [];
  const { outputs } = await bench(log, { cpu: 1 }).run(
    workflowOf(
      {
        l: ["test/list", { values: [1, 2] }],
        x: ["test/step", { a: link("l", "values"), by: 10 }],
        all: ["test/sum", { values: link("x") }],
        y: ["test/step", { a: link("x"), by: link("all") }],
      },
      { outputs: { end: { node: "y", output: "value" } } },
    ),
  );
  expect([log, outputs]).toEqual([["x 1", "x 2", "all 11,12", "y 11", "y 12"], { end: [34, 35] }]);
});

test("lists of different lengths that do not fit fail where they meet, before any item of that node", async () => {
  const log: string[] = [];
  const { errors, counts } = await bench(log, { cpu: 1 }).run(
    workflowOf({
      three: ["test/list", { values: [1, 2, 3] }],
      two: ["test/list", { values: [4, 5] }],
      x: ["test/step", { a: link("three", "values") }],
      y: ["test/step", { a: link("two", "values") }],
      saved: ["test/save", { a: link("y") }],
      meet: ["test/step", { a: link("x"), by: link("y") }],
      behind: ["test/save", { a: link("meet") }],
    }),
  );
  expect(errors).toMatchObject([{ code: "list.length", node: "meet" }]);
  expect(log).toEqual(["y 4", "saved 4", "y 5", "saved 5"]);
  expect(counts).toMatchObject({ failed: 1, skipped: 2 });
});

test("a member that lacks a value is skipped, the others of its group run", async () => {
  const log: string[] = [];
  const { counts, errors } = await bench(log, { cpu: 1 }).run(
    workflowOf({
      l: ["test/list", { values: [1, 2] }],
      bad: ["test/step", { a: -1 }],
      x: ["test/step", { a: link("l", "values") }],
      saved: ["test/save", { a: link("x") }],
      y: ["test/step", { a: link("x"), by: link("bad") }],
      lost: ["test/save", { a: link("y") }],
    }),
  );
  expect(log.filter((entry) => !entry.startsWith("bad"))).toEqual(["x 1", "saved 1", "x 2", "saved 2"]);
  expect([counts.skipped, errors.map(({ node }) => node)]).toEqual([2, ["bad"]]);
});

test("a failed item is told for its node once, and the run's result has the others", async () => {
  const log: string[] = [];
  const { events, errors } = await bench(log, { cpu: 1 }).run(
    workflowOf({
      l: ["test/list", { values: [1, -2, 3] }],
      x: ["test/step", { a: link("l", "values") }],
      z: ["test/save", { a: link("x") }],
    }),
  );
  const failed = events.filter(({ type }) => type === "node.failed");
  expect(failed).toMatchObject([{ node: "x", error: { message: "1 of 3 items failed. negative" } }]);
  expect([errors.length, log]).toEqual([1, ["x 1", "z 1", "x -2", "x 3", "z 3"]]);
});

test("failing fast starts no further item, and still tells which node failed", async () => {
  const log: string[] = [];
  const { events } = await bench(log, { cpu: 1 }).run(
    workflowOf({
      l: ["test/list", { values: [-1, 2, 3] }],
      x: ["test/step", { a: link("l", "values") }],
      z: ["test/save", { a: link("x") }],
    }),
    { failFast: true },
  );
  expect([log, events.filter(({ type }) => type === "node.failed").length]).toEqual([["x -1"], 1]);
});
