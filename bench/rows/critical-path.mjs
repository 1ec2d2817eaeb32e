import { setTimeout as sleep } from "node:timers/promises";
import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { common, link, newEngine, node, output, planOf, runPlan } from "../graphs.mjs";

const [layers, width, ms] = [10, 10, 10];
const wait = defineNode({
  ...common,
  type: "bench/wait",
  resource: "network",
  inputs: { a: z.number().default(0), b: z.number().default(0), own: z.number() },
  outputs: { value: z.number() },
  run: async ({ own }, { signal }) => (await sleep(ms, undefined, { signal }), { value: own }),
});
const nodes = {};
for (let i = 0; i < layers * width; i++) {
  const before = i - width - (i % width);
  const [a, b] = [0, 3].map((step) => link(`n${before + ((i + step) % width)}`));
  nodes[`n${i}`] = node("bench/wait", i < width ? { own: i } : { a, b, own: i });
}
const outputs = Object.fromEntries(
  Array.from({ length: width }, (_, i) => [`o${i}`, output(`n${(layers - 1) * width + i}`)]),
);
const plan = planOf(nodes, { outputs, definitions: [wait] });

export default {
  name: "critical-path",
  title: "100 nodes of 10 ms in ten layers, limits and abort on",
  goal: "≤ 1.05 × ten such timers one after the other",
  measure: "wall",
  unit: "ms",
  scale: 1,
  order: 9,
  cases: [
    { name: "inlay", setup: () => newEngine([wait]), run: (engine) => runPlan(engine, plan) },
    {
      name: "ten timers",
      async run() {
        for (let i = 0; i < layers; i++) await sleep(ms);
      },
    },
  ],
  met: ({ inlay, "ten timers": path }) => inlay <= 1.05 * path,
};
