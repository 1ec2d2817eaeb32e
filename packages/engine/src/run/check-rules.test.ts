import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { defineNode } from "../node/define-node.ts";
import type { InputFinding } from "../node/input-rules.ts";
import { testNode } from "../testing/test-node.ts";

const tooLow = (low: number): InputFinding => ({
  code: "input.too-low",
  message: "Too low.",
  input: "low",
  received: `${low}`,
});

/** A node that wants `low` of at least 3, and notes when it runs. */
const atLeast3 = (log: string[], isAsync = false) =>
  defineNode({
    type: "test/rules",
    version: 1,
    title: "Rules",
    category: "Test",
    description: "Has a rule.",
    inputs: { low: z.number() },
    outputs: { value: z.number() },
    validate: ({ low }) => {
      const found = low !== undefined && low < 3 ? [tooLow(low)] : [];
      return isAsync ? Promise.resolve(found) : found;
    },
    run: ({ low }, ctx) => (log.push(ctx.run.node), { value: low }),
  });

function bench(isAsync = false) {
  const log: string[] = [];
  return { log, ...engineWith([...arithmetic(log), atLeast3(log, isAsync)]) };
}

const named = { inputs: { low: { type: "number", default: 5 } } } as const;
const afterOne = workflowOf(
  {
    one: ["test/number", { value: 1 }],
    a: ["test/rules", { low: { $input: "low" } }],
    b: ["test/add", { a: link("one"), b: link("a") }],
  },
  { ...named, outputs: { result: { node: "b", output: "value" } } },
);

test("a named input that breaks a rule refuses the run before anything is executed", async () => {
  const { run, log } = bench();
  const { status, errors, counts } = await run(afterOne, { inputs: { low: 2 } });
  expect(errors).toEqual([{ ...tooLow(2), node: "a", nodeType: "test/rules" }]);
  expect([status, log, counts.executed]).toEqual(["failed", [], 0]);
});

test("a named input that mends what its default breaks is run", async () => {
  const { run, log } = bench();
  const { status } = await run(
    { ...afterOne, inputs: { low: { type: "number", default: 0 } } },
    { inputs: { low: 4 } },
  );
  expect([status, log.toSorted()]).toEqual(["succeeded", ["a", "b", "one"]]);
});

test.each([false, true])(
  "a linked value that breaks a rule keeps the node from starting (async: %s)",
  async (isAsync) => {
    const { run, log } = bench(isAsync);
    const { errors } = await run(
      workflowOf(
        { one: ["test/number", { value: 1 }], a: ["test/rules", { low: link("one") }] },
        { outputs: { result: { node: "a", output: "value" } } },
      ),
    );
    expect(errors).toEqual([{ ...tooLow(1), node: "a", nodeType: "test/rules" }]);
    expect(log).toEqual(["one"]);
  },
);

test("a warning of the rules is logged, and the node runs", async () => {
  const node = defineNode({
    type: "test/warns",
    version: 1,
    title: "Warns",
    category: "Test",
    description: "Warns.",
    inputs: {},
    outputs: { value: z.number() },
    validate: () => [{ code: "input.odd", message: "Odd.", severity: "warning" }],
    run: () => ({ value: 1 }),
  });
  expect(await testNode(node, {})).toMatchObject({ outputs: { value: 1 }, logs: ["Odd."] });
});

test("rules that throw in a run fail their node with node.validate", async () => {
  const node = defineNode({
    type: "test/broken",
    version: 1,
    title: "Broken",
    category: "Test",
    description: "Has broken rules.",
    inputs: { a: z.number() },
    outputs: { value: z.number() },
    validate: ({ a }) => {
      if (a !== undefined) throw new Error("no such thing");
      return [];
    },
    run: ({ a }) => ({ value: a }),
  });
  const log: string[] = [];
  const { errors } = await engineWith([...arithmetic(log), node]).run(
    workflowOf(
      { one: ["test/number", { value: 1 }], a: ["test/broken", { a: link("one") }] },
      { outputs: { result: { node: "a", output: "value" } } },
    ),
  );
  expect(errors).toMatchObject([
    { code: "node.validate", node: "a", message: expect.stringContaining("no such thing") },
  ]);
});
