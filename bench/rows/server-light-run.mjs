import { serve } from "../served.mjs";

const server = await serve();
let first = 0;

/** Ten nodes in a chain whose results no cache has. */
function tenNodes() {
  first += 100;
  const nodes = {};
  for (let i = 0; i < 10; i++) {
    const value = i === 0 ? first : { $link: [`n${i - 1}`, "value"] };
    nodes[`n${i}`] = { type: "bench/pass", version: 1, inputs: { value } };
  }
  return { inlay: 1, nodes, outputs: { result: { node: "n9", output: "value" } } };
}

export default {
  name: "server-light-run",
  title: "Ten light nodes over HTTP, from the POST to the answer that they have ended, on disk",
  goal: "≤ 30 ms",
  measure: "wall",
  unit: "ms",
  scale: 1,
  order: 42,
  warmUp: 10,
  rounds: 50,
  cases: [{ name: "inlay", run: () => server.run(tenNodes()) }],
  met: ({ inlay }) => inlay <= 30,
};
