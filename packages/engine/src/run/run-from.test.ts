import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { memoryCache } from "../cache/memory-cache.ts";
import type { ResultInfo } from "../cache/result-cache.ts";
import { defineNode } from "../node/define-node.ts";

const chain = workflowOf(
  {
    a: ["test/number", { value: 1 }],
    b: ["test/add", { a: link("a") }],
    c: ["test/add", { a: link("b"), b: 2 }],
    beside: ["test/add", { a: link("a"), b: 3 }],
  },
  { outputs: { c: { node: "c", output: "value" }, beside: { node: "beside", output: "value" } } },
);

test("the named node and all behind it run again, what lies before and beside comes from the cache", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  await bench.run(chain);
  log.length = 0;
  const { counts } = await bench.run(chain, { from: ["b"] });
  expect([log, counts.executed, counts.cached]).toEqual([["b", "c"], 2, 2]);
});

test("what lies before and is cached nowhere runs too", async () => {
  const log: string[] = [];
  await engineWith(arithmetic(log)).run(chain, { from: ["c"] });
  expect(log.toSorted((x, y) => x.localeCompare(y))).toEqual(["a", "b", "beside", "c"]);
});

test("the new result takes the place of the cached one", async () => {
  let made = 0;
  const count = defineNode({
    type: "test/count",
    version: 1,
    title: "T",
    category: "Test",
    description: "For tests.",
    inputs: {},
    outputs: { value: z.number() },
    run: () => ({ value: ++made }),
  });
  const kept: ResultInfo[] = [];
  const memory = memoryCache({ maxBytes: 1e6 });
  const cache = {
    get: memory.get,
    set: (key: string, outputs: object, info: ResultInfo) => (kept.push(info), memory.set(key, { ...outputs })),
  };
  const bench = engineWith([count], { cache });
  const workflow = workflowOf({ x: ["test/count", {}] }, { outputs: { x: { node: "x", output: "value" } } });
  await bench.run(workflow);
  expect((await bench.run(workflow, { from: ["x"] })).outputs).toEqual({ x: 2 });
  expect((await bench.run(workflow)).outputs).toEqual({ x: 2 });
  expect(kept.map(({ replaces }) => replaces)).toEqual([false, true]);
});

test("items of a list run again", async () => {
  const log: string[] = [];
  const list = defineNode({
    type: "test/list",
    version: 1,
    title: "T",
    category: "Test",
    description: "For tests.",
    inputs: {},
    outputs: { values: z.array(z.number()) },
    run: () => ({ values: Array.of(1, 2) }),
  });
  const bench = engineWith([list, ...arithmetic(log)]);
  const workflow = workflowOf({ l: ["test/list", {}], end: ["test/add", { a: link("l", "values") }] });
  await bench.run(workflow, { targets: ["end"] });
  log.length = 0;
  const { counts } = await bench.run(workflow, { targets: ["end"], from: ["end"] });
  expect([log, counts.cached]).toEqual([["end", "end"], 1]);
});

test.each([
  ["bb", "Did you mean `b`?"],
  ["beside", undefined],
])("a node that the run does not need is refused before anything runs: %s", async (from, suggestion) => {
  const log: string[] = [];
  const { errors } = await engineWith(arithmetic(log)).run(chain, { targets: ["c"], from: [from] });
  expect([errors[0]?.code, errors[0]?.suggestion, log]).toEqual(["from.unknown", suggestion, []]);
});

test("the id of a sub-workflow's node stands for all nodes inside", async () => {
  const log: string[] = [];
  const bench = engineWith(arithmetic(log));
  const sum = {
    inputs: {},
    outputs: { value: { node: "two", output: "value" } },
    nodes: {
      one: { type: "test/number", version: 1, inputs: { value: 4 } },
      two: { type: "test/add", version: 1, inputs: { a: link("one") } },
    },
    view: {},
  };
  const workflow = workflowOf({ s: ["workflow/sum", {}], end: ["test/add", { a: link("s") }] }, { workflows: { sum } });
  await bench.run(workflow, { targets: ["end"] });
  log.length = 0;
  await bench.run(workflow, { targets: ["end"], from: ["s"] });
  expect(log).toEqual(["s/one", "s/two", "end"]);
});
