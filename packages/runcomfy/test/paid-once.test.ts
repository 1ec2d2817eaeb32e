import fc from "fast-check";
import { expect, test } from "vitest";
import type { JobJournal, RunComfyClient } from "../src/index.ts";
import { createRunComfyClient } from "../src/index.ts";
import { memoryJournal, type MemoryJobStore } from "../src/testing/index.ts";
import { fast, job, TOKEN } from "./bench.ts";
import { html, json, reset, startServer, truncated, type Answer, type ScriptedServer } from "./scripted-server.ts";

/** What the service does with a submit. Those of the first group accept the job, whatever the client gets to see. */
const accepting = { answered: undefined, reset, truncated, html, "no id": json({}), "503": json({}, 503) };
const refusing = {
  "422": json({ error_code: 422001 }, 422),
  "429": json({}, 429),
  balance: json({ error_code: 400002 }),
};
const outcomes = [...Object.keys(accepting), ...Object.keys(refusing)] as (
  keyof typeof accepting | keyof typeof refusing
)[];

/** One life of a process that wants the job. */
const life = fc.record({
  submits: fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 3 }),
  fate: fc.constantFrom("completed", "failed", "cancelled", "in_queue", "in_progress", "gone", "odd"),
  cancellable: fc.boolean(),
  /** After this many calls of its journal the process is dead. */
  diesAfter: fc.option(fc.nat(6), { nil: undefined }),
  abortIn: fc.option(fc.constantFrom("publishing", "submitting", "queued", "running", "fetching"), { nil: undefined }),
  settles: fc.boolean(),
  runs: fc.integer({ min: 1, max: 2 }),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** The service with its own memory of what was ordered. */
interface Account {
  /** Jobs accepted so far; what it says about each. */
  readonly jobs: Map<string, string>;
  now: Life | undefined;
  turn: number;
  /** How many jobs of the key were ever alive at once. */
  most: number;
}

const over = new Set(["failed", "cancelled"]);

function alive({ jobs }: Account): number {
  return [...jobs.values()].filter((state) => !over.has(state)).length;
}

function serve(account: Account): Promise<ScriptedServer> {
  const submit: Answer = (response, request) => {
    const kind = account.now?.submits[account.turn++ % account.now.submits.length] ?? "answered";
    if (kind in refusing) return refusing[kind as keyof typeof refusing](response, request);
    const id = `job-${account.jobs.size + 1}`;
    account.jobs.set(id, account.now?.fate ?? "completed");
    account.most = Math.max(account.most, alive(account));
    const broken = accepting[kind as keyof typeof accepting];
    return broken ? broken(response, request) : json({ request_id: id })(response, request);
  };
  const about: Answer = (response, request) => {
    const id = request.url.split("/")[3] ?? "";
    const status = account.jobs.get(id) ?? "gone";
    if (status === "gone") return json({ error_code: 404001 }, 404)(response, request);
    const output = { image: `http://${request.headers.host}/x.png` };
    return json({ request_id: id, status, ...(status === "completed" && { output }) })(response, request);
  };
  const cancel: Answer = (response, request) => {
    const id = request.url.split("/")[3] ?? "";
    const status = account.jobs.get(id);
    const cancelled = status === "in_queue" && account.now?.cancellable === true;
    if (cancelled) account.jobs.set(id, "cancelled");
    return json({ request_id: id, status, outcome: cancelled ? "cancelled" : "not_cancellable" })(response, request);
  };
  return startServer({ submit: [submit], status: [about], result: [about], cancel: [cancel] });
}

/** A journal that stops working with its process. */
function mortal(store: MemoryJobStore, owner: string, diesAfter: number | undefined): JobJournal {
  const journal = memoryJournal(store, owner);
  let calls = 0;
  return new Proxy(journal, {
    get(target, name: keyof JobJournal) {
      const method = target[name].bind(target) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        if (diesAfter !== undefined && calls++ >= diesAfter) throw new Error("this process is dead");
        return method(...args);
      };
    },
  });
}

async function live(client: RunComfyClient, { abortIn, settles, runs }: Life): Promise<void> {
  const abort = new AbortController();
  const onState = ({ state }: { readonly state: string }): void => {
    if (state === abortIn) abort.abort();
  };
  const one = async (): Promise<void> => {
    const result = await client.run(job({ signal: abort.signal, onState }));
    if (settles) await result.settled();
  };
  await Promise.allSettled(Array.from({ length: runs }, one));
}

test("whatever the service answers and whenever processes die, a key has at most one job that may be billed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 5 }), async (lives) => {
      const account: Account = { jobs: new Map(), now: undefined, turn: 0, most: 0 };
      const server = await serve(account);
      const store: MemoryJobStore = { records: new Map(), dead: new Set() };
      const limits = { runningDeadline: 12, queueDeadline: 12, resultGrace: 8, submitAbort: 10, cancel: 100 };
      const timing = { ...fast, ...limits, rateLimitPause: 0 };
      for (const [index, now] of lives.entries()) {
        account.now = now;
        for (const [id, state] of account.jobs) if (state === "in_queue") account.jobs.set(id, now.fate);
        const owner = `process-${index}`;
        const journal = mortal(store, owner, now.diesAfter);
        const client = createRunComfyClient({ token: TOKEN, baseUrl: server.url, journal, timing });
        await live(client, now);
        await client.close();
        store.dead.add(owner);
      }
      await server.close();
      expect(account.most).toBeLessThanOrEqual(1);
    }),
    { numRuns: 60, seed: 7, interruptAfterTimeLimit: 8_000 },
  );
});
