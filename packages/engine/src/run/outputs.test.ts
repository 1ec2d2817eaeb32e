import { expect, test } from "vitest";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { RunEvent } from "./events.ts";
import type { MadeOutputs } from "./node-run.ts";

const sum = workflowOf({ a: ["test/number", { value: 1 }], b: ["test/add", { a: link("a"), b: 2 }] });

test("outputs are told before the event that they are there, with the key that finds them again", async () => {
  const told: string[] = [];
  const keys: string[] = [];
  const bench = engineWith(arithmetic());
  const options = {
    targets: ["b"],
    onOutputs: ({ node, key, outputs }: MadeOutputs) => {
      keys.push(key);
      told.push(`outputs ${node} ${JSON.stringify(outputs)}`);
    },
    onEvent: (event: RunEvent) => void ("node" in event && told.push(`${event.type} ${event.node}`)),
  };
  await bench.run(sum, options);
  await bench.run(sum, options);
  expect(told).toEqual([
    "node.started a",
    'outputs a {"value":1}',
    "node.finished a",
    "node.started b",
    'outputs b {"value":3}',
    "node.finished b",
    'outputs b {"value":3}',
    "node.cached b",
  ]);
  expect(keys[1]).toBe(keys[2]);
});
