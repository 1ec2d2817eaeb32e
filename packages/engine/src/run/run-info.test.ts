import { expect, test } from "vitest";
import { z } from "zod";
import { testServices } from "../../test/node-host.ts";
import { engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { RunInfo } from "../node/context.ts";
import { defineNode } from "../node/define-node.ts";
import { readWorkflow } from "../workflow/read-workflow.ts";

const common = { version: 1, title: "T", category: "Test", description: "For tests." } as const;

/** An engine whose nodes note what they are told about the run. */
function bench() {
  const told: RunInfo[] = [];
  const value = { value: z.number() };
  const note = defineNode({
    ...common,
    type: "test/note",
    cache: "never",
    isOutput: true,
    inputs: value,
    outputs: value,
    run: (inputs, ctx) => (told.push(ctx.run), inputs),
  });
  const list = defineNode({
    ...common,
    type: "test/list",
    inputs: { values: z.array(z.number()) },
    outputs: { values: z.array(z.number()) },
    run: ({ values }) => ({ values: values.slice() }),
  });
  return { told, ...engineWith([note, list]) };
}

test("a node is told the workflow's text and the run's seeds", async () => {
  const { told, run } = bench();
  const services = testServices({ nextSeed: () => 42 });
  await run(workflowOf({ a: ["test/note", { value: { $seed: "random" } }] }), { services });
  expect(told).toHaveLength(1);
  const [info] = told;
  expect(info?.seeds).toEqual({ "a.value": 42 });
  expect(info?.item).toBeUndefined();
  const { workflow } = readWorkflow(info!.workflowText());
  expect(workflow?.nodes["a"]?.inputs["value"]).toEqual({ $seed: "random" });
});

test("a node is told which item of a list it runs for", async () => {
  const { told, run } = bench();
  await run(
    workflowOf({ list: ["test/list", { values: [5, 5, 7] }], a: ["test/note", { value: link("list", "values") }] }),
  );
  expect(told.map(({ item }) => item)).toEqual([1, 2, 3]);
});

test("a node is told what saved files say of how they were made when the caller has said it, and else nothing", async () => {
  const { told, run } = bench();
  const workflow = workflowOf({ a: ["test/note", { value: 1 }] });
  await run(workflow);
  await run(workflow, { metadata: "none" });
  expect(told.map(({ metadata }) => metadata)).toEqual([undefined, "none"]);
});
