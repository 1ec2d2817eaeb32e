import { setTimeout as sleep } from "node:timers/promises";
import { abortCase } from "../abort-row.mjs";

export default {
  name: "abort-io",
  title: "Abort to settled, nodes that wait for the network and listen to the signal",
  goal: "≤ 10 ms",
  measure: "own",
  unit: "ms",
  scale: 1,
  order: 11,
  cases: [abortCase("inlay", "network", ({ signal }) => sleep(10_000, undefined, { signal }))],
  met: ({ inlay }) => inlay <= 10,
};
