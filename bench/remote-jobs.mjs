import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createRunComfyClient } from "@inlay/runcomfy";
import { memoryJournal } from "@inlay/runcomfy/testing";
import { startService } from "./start-service.mjs";

/** What 5,000 jobs that wait take: `bytes` each above idle, `cpuMs` in 20 s. */
export function waitForMany() {
  const script = fileURLToPath(new URL("waiting-jobs.mjs", import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, ["--expose-gc", script], { encoding: "utf8" });
  if (status !== 0) throw new Error("the jobs did not wait");
  return JSON.parse(stdout);
}

/** A job that takes 30 s, on a clock that goes five times as fast: a call's own time counts five times too. */
const factor = 5;
const jobMs = 30_000;

/** Polls of one job of 30 s. */
export async function pollOneJob() {
  const service = await startService();
  await runJob(service, 0);
  const polls = await service.polls();
  service.stop();
  return polls;
}

/** How many milliseconds after their completion jobs of 30 s are noticed, each with a token of its own. */
export async function noticeJobs(count) {
  const service = await startService();
  const late = await Promise.all(Array.from({ length: count }, (_, index) => runJob(service, index)));
  service.stop();
  return late;
}

async function runJob(service, index) {
  let due;
  const inner = memoryJournal();
  const journal = {
    ...inner,
    async move(job, to) {
      if (to.state === "submitted") due = Date.now() + jobMs / factor;
      return inner.move(job, to);
    },
  };
  const clock = {
    now: () => performance.now() * factor,
    wallClock: () => Date.now(),
    setTimer(callback, ms) {
      const timer = setTimeout(callback, ms / factor);
      return () => clearTimeout(timer);
    },
  };
  const client = createRunComfyClient({ token: `bench-${index}`, baseUrl: service.url, journal, clock });
  let noticed;
  const onState = ({ state }) => {
    if (state === "fetching") noticed = Date.now();
  };
  await client.run({ model: `bench/${jobMs / factor}`, key: "0".repeat(64), body: () => ({}), onState });
  await client.close();
  return (noticed - due) * factor;
}

/** Polls of a client that asks every 500 ms for a job of 30 s. */
export async function pollFixed() {
  const service = await startService();
  const model = await fetch(`${service.url}/v1/models/bench/${jobMs / factor}`, { method: "POST" });
  const { request_id: id } = await model.json();
  for (let status; status !== "completed";) {
    await sleep(500 / factor);
    ({ status } = await (await fetch(`${service.url}/v1/requests/${id}/status`)).json());
  }
  const polls = await service.polls();
  service.stop();
  return polls;
}
