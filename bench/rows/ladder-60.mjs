import { link, newEngine, node, output, planOf, runPlan } from "../graphs.mjs";

const times = 50;
const rungs = 20;
const nodes = { source: node("bench/add", { own: { $input: "own" } }) };
for (let i = 0, before = "source"; i < rungs; i++) {
  nodes[`left${i}`] = node("bench/add", { a: link(before), own: 2 * i });
  nodes[`right${i}`] = node("bench/add", { a: link(before), own: 2 * i + 1 });
  before = `join${i}`;
  nodes[before] = node("bench/add", { a: link(`left${i}`), b: link(`right${i}`), own: i });
}
const plan = planOf(nodes, { inputs: { own: { type: "number" } }, outputs: { end: output(`join${rungs - 1}`) } });
const engine = newEngine();
let own = 0;

export default {
  name: "ladder-60",
  title: "A ladder of diamonds, 60 nodes, its source changed through a named input",
  goal: "≤ 0.2 ms",
  measure: "cpu",
  unit: "ms",
  scale: 1 / times,
  order: 8,
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
