// 5,000 jobs that wait, in a process of its own that ends with them: `node --expose-gc waiting-jobs.mjs` prints what each
// takes as JSON.
import { setTimeout as sleep } from "node:timers/promises";
import { createRunComfyClient } from "@inlay/runcomfy";
import { memoryJournal } from "@inlay/runcomfy/testing";
import { startService } from "./start-service.mjs";

const waiting = 5000;
const settleMs = 10_000;
const measuredMs = 20_000;

/**
 * 5,000 jobs that wait at the service, in this process: bytes of resident memory each above idle, and CPU milliseconds
 * in 20 s. They are submitted 50 at a time, each over a connection of its own, as always.
 */
async function waitForMany() {
  const service = await startService();
  const { journal, accepted } = watchedJournal();
  const client = createRunComfyClient({ token: "bench-token", baseUrl: service.url, journal });
  const run = (index) => {
    const key = String(index).padStart(64, "0");
    client.run({ model: "bench/0", key, body: () => ({ prompt: "an apple" }) }).catch(() => undefined);
    return accepted(key);
  };
  // What is loaded and compiled once is no job's.
  for (let index = 0; index < 50; index++) await run(index);
  const idle = await residentBytes();
  for (let index = 50; index < 50 + waiting; index += 50)
    await Promise.all(Array.from({ length: 50 }, (_, offset) => run(index + offset)));
  await sleep(settleMs);
  const bytes = ((await residentBytes()) - idle) / waiting;
  const before = process.cpuUsage();
  await sleep(measuredMs);
  const { user, system } = process.cpuUsage(before);
  service.stop();
  return { bytes, cpuMs: (user + system) / 1000 };
}

/** A journal that tells when a job has been accepted. */
function watchedJournal() {
  const inner = memoryJournal();
  const told = new Map();
  const journal = {
    ...inner,
    async move(job, to) {
      const record = await inner.move(job, to);
      if (to.state === "submitted") told.get(job.key)?.();
      return record;
    },
  };
  return { journal, accepted: (key) => new Promise((resolve) => told.set(key, resolve)) };
}

async function residentBytes() {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc();
    await sleep(50);
  }
  return process.memoryUsage().rss;
}

process.stdout.write(JSON.stringify(await waitForMany()), () => process.exit());
