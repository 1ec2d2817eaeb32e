import { link, newEngine, node, output, planOf, runPlan } from "../graphs.mjs";

const size = 100_000;
const chain = { n0: node("bench/add", { own: 1 }) };
for (let i = 1; i < size; i++) chain[`n${i}`] = node("bench/add", { a: link(`n${i - 1}`), own: i });
const chainPlan = planOf(chain, { outputs: { end: output(`n${size - 1}`) } });

const fan = {};
for (let i = 0; i < size; i++) fan[`n${i}`] = node("bench/add", { own: i });
fan.end = node("bench/gather", { values: Array.from({ length: size }, (_, i) => link(`n${i}`)) });
const fanPlan = planOf(fan, { outputs: { end: output("end") } });

export default {
  name: "chain-100k",
  title: "A chain of 100,000 nodes; 100,000 nodes into one",
  goal: "both pass",
  measure: "cpu",
  unit: "µs a node",
  scale: 1000 / size,
  warmUp: 2,
  rounds: 5,
  order: 4,
  cases: [
    { name: "chain", setup: () => newEngine(), run: (engine) => runPlan(engine, chainPlan) },
    { name: "fan-in", setup: () => newEngine(), run: (engine) => runPlan(engine, fanPlan) },
  ],
  met: ({ chain: a, "fan-in": b }) => a !== undefined && b !== undefined,
};
