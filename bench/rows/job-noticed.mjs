import { noticeJobs } from "../remote-jobs.mjs";

/** Side by side, since each is mostly waiting. */
const sideBySide = 41;

export default {
  name: "job-noticed",
  title: "The end of a remote job of 30 s is noticed after (median of 123 jobs)",
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
        const late = (await noticeJobs(sideBySide)).sort((a, b) => a - b);
        return late[sideBySide >> 1] / 1000;
      },
    },
  ],
  met: ({ inlay }) => inlay <= 1.5,
};
