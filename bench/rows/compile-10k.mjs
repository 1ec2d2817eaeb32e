import { compilePlan } from "@inlay/engine";
import { lastLayer, layeredNodes, newEngine } from "../graphs.mjs";

const size = 10_000;
const { catalog } = newEngine();
const workflow = {
  inlay: 1,
  inputs: {},
  outputs: lastLayer(size),
  packs: {},
  assets: {},
  nodes: layeredNodes(size),
  workflows: {},
  view: {},
};

export default {
  name: "compile-10k",
  title: "10,000 nodes compiled to a plan, once a workflow",
  goal: "≤ 5 µs a node",
  measure: "cpu",
  unit: "µs a node",
  scale: 1000 / size,
  order: 5,
  cases: [{ name: "inlay", run: () => void compilePlan(workflow, catalog) }],
  met: ({ inlay }) => inlay <= 5,
};
