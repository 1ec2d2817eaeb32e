import { expect, test } from "vitest";
import { z } from "zod";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { defineNode } from "../node/define-node.ts";
import type { MadeOutputs } from "./node-run.ts";

const log: string[] = [];
const write = defineNode({
  type: "test/write",
  version: 1,
  title: "Write",
  category: "Test",
  description: "For tests.",
  inputs: { value: z.number() },
  outputs: { value: z.number() },
  isOutput: true,
  cache: "never",
  run: ({ value }, ctx) => (log.push(ctx.run.node), { value }),
});
const chain = workflowOf({
  a: ["test/number", { value: 1 }],
  w: ["test/write", { value: link("a") }],
  x: ["test/write", { value: link("w") }],
});

/** What the nodes of the chain gave in a process that is gone; its memory with it. */
async function earlier(...nodes: string[]) {
  const made: MadeOutputs[] = [];
  await engineWith([...arithmetic(log), write]).run(chain, { onOutputs: (told) => void made.push(told) });
  log.length = 0;
  return new Map(made.filter(({ node }) => nodes.includes(node)).map((told) => [told.node, told]));
}

const again = engineWith([...arithmetic(log), write]);

test("what this run has made is found, also what is never cached", async () => {
  const { events, counts } = await again.run(chain, { finished: await earlier("a", "w") });
  expect([log, counts.executed, counts.cached]).toEqual([["x"], 1, 1]);
  expect(events).toContainEqual(expect.objectContaining({ type: "node.cached", node: "w", from: "disk" }));
});

test("a run that began at a node goes on behind what it had made since", async () => {
  await again.run(chain, { finished: await earlier("w"), from: ["w"] });
  expect(log).toEqual(["x"]);
});

test("what was made under another key runs again", async () => {
  const other = workflowOf({ a: ["test/number", { value: 2 }], w: ["test/write", { value: link("a") }] });
  await again.run(other, { finished: await earlier("a", "w") });
  expect(log).toEqual(["a", "w"]);
});
