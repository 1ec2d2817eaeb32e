import { layeredPlan, newEngine, runPlan } from "../graphs.mjs";

const times = 200;
const plan = layeredPlan(10_000);
const engine = newEngine();
await runPlan(engine, plan);

export default {
  name: "unchanged-10k",
  title: "10,000 nodes run again with nothing changed, 100 named outputs",
  goal: "≤ 0.1 ms",
  measure: "cpu",
  unit: "ms",
  scale: 1 / times,
  order: 6,
  cases: [
    {
      name: "inlay",
      async run() {
        for (let i = 0; i < times; i++) await runPlan(engine, plan);
      },
    },
  ],
  met: ({ inlay }) => inlay <= 0.1,
};
