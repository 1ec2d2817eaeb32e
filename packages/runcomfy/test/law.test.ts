import fc from "fast-check";
import { expect, test } from "vitest";
import { memoryJournal, type MemoryJobStore } from "../src/testing/index.ts";
import { createRunComfyClient } from "../src/index.ts";
import { fast, job, KEY, TOKEN } from "./bench.ts";
import { completed, html, json, reset, startServer, state, truncated, type Answer } from "./scripted-server.ts";

/** What the service does with a submit: whether it takes the job, and what the client sees of that. */
const SUBMITS = [
  "accept",
  "accept, then reset",
  "accept, then 503",
  "accept, then truncate",
  "refuse",
  "limit",
] as const;
const STATUSES = ["in_queue", "in_progress", "completed", "failed", "404", "html", "reset", "odd"] as const;
const ABORTS = ["never", "publishing", "submitting", "queued", "running", "fetching"] as const;

interface World {
  readonly submits: readonly (typeof SUBMITS)[number][];
  readonly statuses: readonly (typeof STATUSES)[number][];
  /** One process after the other, each of them gone when the next begins. */
  readonly processes: readonly (typeof ABORTS)[number][];
}

const worlds: fc.Arbitrary<World> = fc.record({
  submits: fc.array(fc.constantFrom(...SUBMITS), { minLength: 1, maxLength: 4 }),
  statuses: fc.array(fc.constantFrom(...STATUSES), { minLength: 1, maxLength: 6 }),
  processes: fc.array(fc.constantFrom(...ABORTS), { minLength: 2, maxLength: 4 }),
});

test("whatever service and processes do, at most one job of a key is accepted and not freed", async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      expect(await mostJobsAtOnce(world)).toBeLessThanOrEqual(1);
    }),
    { seed: 7, numRuns: 60 },
  );
});

/** Plays a world and counts the jobs that the service holds for the one key. */
async function mostJobsAtOnce({ submits, statuses, processes }: World): Promise<number> {
  const live = new Set<string>();
  let accepted = 0;
  let most = 0;
  const accept = (): string => {
    live.add(`r${++accepted}`);
    most = Math.max(most, live.size);
    return `r${accepted}`;
  };
  const submitAnswers: { readonly [kind in World["submits"][number]]: Answer } = {
    accept: (...call) => json({ request_id: accept() })(...call),
    "accept, then reset": (...call) => (accept(), reset(...call)),
    "accept, then 503": (...call) => (accept(), json({}, 503)(...call)),
    "accept, then truncate": (...call) => (accept(), truncated(...call)),
    refuse: json({ message: "no" }, 400),
    limit: json({}, 429, { "retry-after": "0" }),
  };
  const idOf = (url: string): string => url.split("/")[3] ?? "";
  const statusAnswers: { readonly [kind in World["statuses"][number]]: Answer } = {
    in_queue: state("in_queue"),
    in_progress: state("in_progress"),
    completed: state("completed"),
    failed: (response, request) => (live.delete(idOf(request.url)), state("failed")(response, request)),
    "404": json({}, 404),
    html,
    reset,
    odd: state("paused"),
  };
  const server = await startServer({
    submit: [...submits.map((kind) => submitAnswers[kind]), submitAnswers.accept],
    status: [...statuses.map((kind) => statusAnswers[kind]), statusAnswers.completed],
    result: [completed()],
    cancel: [
      (response, request) => {
        live.delete(idOf(request.url));
        return json({ status: "cancelled", outcome: "cancelled" })(response, request);
      },
    ],
  });
  const store: MemoryJobStore = { records: new Map(), dead: new Set() };
  for (const [index, moment] of processes.entries()) {
    const owner = `process-${index}`;
    const journal = memoryJournal(store, owner);
    const client = createRunComfyClient({ token: TOKEN, journal, baseUrl: server.url, timing: fast });
    const abort = new AbortController();
    const onState = ({ state: step }: { readonly state: string }): void => void (step === moment && abort.abort());
    const result = await client.run(job({ signal: abort.signal, onState })).catch(() => undefined);
    if (index % 2 === 1) await result?.settled();
    await client.close();
    store.dead.add(owner);
  }
  await server.close();
  expect(store.records.get(KEY)?.state ?? "free").not.toBe("intent");
  return most;
}
