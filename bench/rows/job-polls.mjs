import { pollFixed, pollOneJob } from "../remote-jobs.mjs";

export default {
  name: "job-polls",
  title: "Polls (status and result) for a remote job of 30 s",
  goal: "≤ 1/3 of a client that asks every 500 ms",
  measure: "own",
  unit: "polls",
  scale: 1,
  order: 22,
  warmUp: 0,
  rounds: 3,
  cases: [
    { name: "inlay", run: pollOneJob },
    { name: "every 500 ms", run: pollFixed },
  ],
  met: (polls) => polls.inlay <= polls["every 500 ms"] / 3,
};
