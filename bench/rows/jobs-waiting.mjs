import { waitForMany } from "../remote-jobs.mjs";

export default {
  name: "jobs-waiting",
  title: "5,000 remote jobs that wait in one process: resident memory of each above idle",
  goal: "≤ 30 KB each",
  measure: "own",
  unit: "KB",
  scale: 1,
  order: 20,
  warmUp: 0,
  rounds: 1,
  cases: [{ name: "inlay", run: () => waitForMany().bytes / 1000 }],
  met: ({ inlay }) => inlay <= 30,
};
