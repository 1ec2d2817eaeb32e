import { lastLayer, layeredNodes, link, newEngine, node, output, planOf, runPlan } from "../graphs.mjs";

const times = 200;
const size = 10_000;
const sink = node("bench/add", { a: link(`n${size - 1}`), own: { $input: "own" } });
const plan = planOf(
  { ...layeredNodes(size), sink },
  { inputs: { own: { type: "number" } }, outputs: { ...lastLayer(size), sink: output("sink") } },
);
const engine = newEngine();
let own = 0;
await runPlan(engine, plan, { own });

export default {
  name: "one-sink-10k",
  title: "10,000 nodes, one sink changed through a named input",
  goal: "≤ 0.2 ms",
  measure: "cpu",
  unit: "ms",
  scale: 1 / times,
  order: 7,
  cases: [
    {
      name: "inlay",
      async run() {
        for (let i = 0; i < times; i++) await runPlan(engine, plan, { own: ++own });
      },
    },
  ],
  met: ({ inlay }) => inlay <= 0.2,
};
