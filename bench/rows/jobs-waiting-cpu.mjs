import { waitForMany } from "../remote-jobs.mjs";

export default {
  name: "jobs-waiting-cpu",
  title: "5,000 remote jobs that wait in one process: CPU in 20 s",
  goal: "≤ 3 s",
  measure: "own",
  unit: "s",
  scale: 1,
  order: 21,
  warmUp: 0,
  rounds: 1,
  cases: [{ name: "inlay", run: () => waitForMany().cpuMs / 1000 }],
  met: ({ inlay }) => inlay <= 3,
};
