import { pollOneJob } from "../remote-jobs.mjs";

/** Measured side by side, since each takes three seconds and is mostly waiting. */
const sideBySide = 8;

let jobs = 1000;

export default {
  name: "job-noticed",
  title: "The end of a remote job of 30 s is noticed after (median of 24 jobs)",
  goal: "≤ 1.5 s",
  measure: "own",
  unit: "s",
  scale: 1,
  order: 23,
  warmUp: 0,
  rounds: 3,
  cases: [
    {
      name: "inlay",
      async run() {
        const each = await Promise.all(Array.from({ length: sideBySide }, () => pollOneJob(jobs++)));
        const late = each.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
        return (late[sideBySide / 2 - 1] + late[sideBySide / 2]) / 2000;
      },
    },
  ],
  met: ({ inlay }) => inlay <= 1.5,
};
