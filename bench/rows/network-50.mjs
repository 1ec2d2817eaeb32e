import { setTimeout as sleep } from "node:timers/promises";
import { defineNode } from "@inlay/engine";
import { z } from "zod";
import { common, newEngine, node, output, planOf, runPlan } from "../graphs.mjs";

const runs = 50;
const wait = defineNode({
  ...common,
  type: "bench/wait-a-second",
  resource: "network",
  inputs: { own: z.number() },
  outputs: { value: z.number() },
  run: async ({ own }, { signal }) => (await sleep(1000, undefined, { signal }), { value: own }),
});
const plans = Array.from({ length: runs }, (_, own) =>
  planOf({ wait: node("bench/wait-a-second", { own }) }, { outputs: { value: output("wait") }, definitions: [wait] }),
);

export default {
  name: "network-50",
  title: "50 runs of one engine that each wait a second for the network, from the first start to the last end",
  goal: "≤ 1,500 ms",
  measure: "wall",
  unit: "ms",
  scale: 1,
  order: 17,
  warmUp: 1,
  rounds: 5,
  cases: [
    {
      name: "inlay",
      setup: () => newEngine([wait]),
      run: (engine) => Promise.all(plans.map((plan) => runPlan(engine, plan))),
    },
  ],
  met: ({ inlay }) => inlay <= 1500,
};
