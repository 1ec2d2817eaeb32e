import { serve } from "../served.mjs";

const server = await serve();
let next = 0;

/** A run that waits for the network for a second. */
function waiting() {
  const inputs = { value: next++, ms: 1000 };
  return {
    inlay: 1,
    nodes: { wait: { type: "bench/wait", version: 1, inputs } },
    outputs: { result: { node: "wait", output: "value" } },
  };
}

export default {
  name: "server-50-waits",
  title: "50 runs over HTTP that each wait a second for the network, from the first POST to the last end",
  goal: "≤ 1,500 ms",
  measure: "wall",
  unit: "ms",
  scale: 1,
  order: 43,
  warmUp: 1,
  rounds: 5,
  cases: [{ name: "inlay", run: () => Promise.all(Array.from({ length: 50 }, () => server.run(waiting()))) }],
  met: ({ inlay }) => inlay <= 1500,
};
