import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { serve, type ServedWorkspace } from "./support/server.ts";
import { tempFolder } from "./support/workspace.ts";

// Many clients at once, for a while: reads, runs and event streams.

const isProof = process.env["INLAY_PROOF"] === "1";
const clients = isProof ? 200 : 20;
const seconds = isProof ? 60 : 3;

test(`${clients} clients for ${seconds} s: no error, and memory is what it was`, async () => {
  const server = await serve(await tempFolder());
  await use(server, clients, 1);
  const before = memoryOf(server);
  const { reads, runs } = await use(server, clients, seconds);
  expect([reads.length > clients, runs > 0]).toEqual([true, true]);
  await sleep(isProof ? 5000 : 100);
  if (isProof) {
    expect(memoryOf(server)).toBeLessThanOrEqual(1.2 * before);
    const slowest = reads.toSorted((a, b) => a - b)[Math.floor(reads.length * 0.95)];
    expect(slowest).toBeLessThanOrEqual(50);
  }
  expect((await server.api("GET", "/api/health")).status).toBe("ok");
}, 300_000);

/** Each client reads, listens, and now and then runs something; any answer that is no success throws. */
async function use(server: ServedWorkspace, count: number, forSeconds: number) {
  const end = Date.now() + forSeconds * 1000;
  const reads: number[] = [];
  let runs = 0;
  const client = async (number: number): Promise<void> => {
    const gone = new AbortController();
    const stream = await server.fetch("/api/events", { signal: gone.signal });
    expect(stream.status).toBe(200);
    const listening = drain(stream);
    while (Date.now() < end) {
      for (const path of ["/api/session", "/api/workflows", "/api/runs?limit=20"]) {
        const begun = performance.now();
        await server.api("GET", path);
        reads.push(performance.now() - begun);
        // People look at what they got.
        await sleep(isProof ? 700 : 50);
      }
      if (number % 20 !== 0) continue;
      const value = Math.random();
      const nodes = { a: { type: "value/number", version: 1, inputs: { value } } };
      const workflow = { inlay: 1, nodes, outputs: { a: { node: "a", output: "value" } } };
      expect((await server.api("POST", "/api/runs?wait=30", { workflow })).status).toBe("succeeded");
      runs++;
    }
    gone.abort();
    await listening;
  };
  await Promise.all(Array.from({ length: count }, (_, number) => client(number)));
  return { reads, runs };
}

async function drain(response: Response): Promise<void> {
  try {
    for await (const _ of response.body!) continue;
  } catch {
    // The client has gone away.
  }
}

function memoryOf({ child }: ServedWorkspace): number {
  if (process.platform !== "linux") return 0;
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]);
}
