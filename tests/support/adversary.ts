import { setTimeout as sleep } from "node:timers/promises";
import {
  createRunComfyClient,
  holdsKey,
  jobKey,
  type JobJournal,
  type JsonObject,
  type RunComfyClient,
  type Timing,
} from "@inlay/runcomfy";
import { memoryJournal, type MemoryJobStore } from "@inlay/runcomfy/testing";
import { MODEL_ID, type ChanceFaults, type Fault, type FaultCall, type FaultPlan, type Sandbox } from "@inlay/sandbox";
import fc from "fast-check";
import { acceleratedClock } from "./accelerated-clock.ts";
import { CANARY } from "./stage.ts";

// A service that does what it can to have a job paid twice, and processes that die on it.

/** Words of a careless service, which repeats what it should not. */
const echo = `you sent Bearer ${CANARY}`;

const anywhere: readonly Fault[] = [
  { fault: "delay", ms: 5 },
  { fault: "http", status: 500 },
  { fault: "http", status: 503, message: echo, handled: true },
  { fault: "http", status: 408, handled: true },
  { fault: "http", status: 429, retry_after: 0 },
  { fault: "html" },
  { fault: "empty" },
  { fault: "truncated" },
  { fault: "reset", when: "before" },
  { fault: "reset", when: "handled" },
  { fault: "reset", when: "midway" },
  { fault: "silence" },
  { fault: "redirect", to: `https://elsewhere.invalid/?token=${CANARY}` },
];

/** What a service may do to each call. None of these denies a job that it goes on with: that would be its own fraud. */
const possible: { readonly [call in Exclude<FaultCall, "model">]: readonly Fault[] } = {
  submit: [
    ...anywhere,
    { fault: "http", status: 422, field: "seed", message: echo },
    { fault: "http", status: 402, message: echo },
    { fault: "say", set: { request_id: null } },
    { fault: "say", set: { request_id: `id-${CANARY}` } },
    { fault: "fails", message: echo },
  ],
  status: [
    ...anywhere,
    { fault: "stuck" },
    { fault: "endless" },
    { fault: "backwards" },
    { fault: "unknown-status", word: CANARY },
    { fault: "lost" },
  ],
  result: [
    ...anywhere,
    { fault: "not-ready" },
    { fault: "lost" },
    { fault: "output", kind: "none" },
    { fault: "output", kind: "video" },
    { fault: "output", kind: "three" },
    { fault: "say", set: { output: { image: `https://${CANARY}.invalid/x.png` } } },
  ],
  cancel: [...anywhere, { fault: "race", winner: "completion" }, { fault: "race", winner: "nobody" }],
  file: [
    ...anywhere,
    { fault: "expired" },
    { fault: "file", kind: "text" },
    { fault: "file", kind: "empty" },
    { fault: "content-type", type: "text/html" },
  ],
};

const chanceOf = (call: keyof typeof possible): fc.Arbitrary<ChanceFaults> =>
  fc.record({
    share: fc.constantFrom(0, 0, 0.2, 0.5, 0.9),
    faults: fc.subarray([...possible[call]], { minLength: 1 }),
  });

/** One life of a process that wants the job. */
const life = fc.record({
  chance: fc.record({
    submit: chanceOf("submit"),
    status: chanceOf("status"),
    result: chanceOf("result"),
    cancel: chanceOf("cancel"),
    file: chanceOf("file"),
  }),
  seed: fc.nat(1_000_000),
  /** After this many calls of its journal the process has none: it is as good as dead, but what it had sent is sent. */
  diesAfter: fc.option(fc.nat(8), { nil: undefined }),
  abortAt: fc.option(fc.constantFrom("publishing", "submitting", "queued", "running", "fetching"), { nil: undefined }),
  /** Milliseconds of real time after which it is aborted, wherever it is. */
  abortAfter: fc.option(fc.nat(40), { nil: undefined }),
  settles: fc.boolean(),
  runs: fc.integer({ min: 1, max: 3 }),
});

/** What processes do one after the other. */
export const schedules = fc.array(life, { minLength: 1, maxLength: 4 });

type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

/** What was seen in one schedule. */
export interface Seen {
  /** The most jobs of the key that were alive, or had been paid, at once. */
  readonly most: number;
  /** Calls that did not end. */
  readonly pending: number;
  /** All that a log could show: errors, states, records. */
  readonly shown: string;
}

/** Two hundred times as fast as life; limits are short, since reaching one must do no harm. */
const FACTOR = 200;
const HASTY: Partial<Timing> = {
  call: 20_000,
  submit: 20_000,
  submitAbort: 4_000,
  cancel: 6_000,
  download: 20_000,
  runningDeadline: 40_000,
  queueDeadline: 40_000,
  resultGrace: 10_000,
  intentWait: 20_000,
};
/** Real time in which every call must have ended; the sum of all limits is a tenth of it. */
const LONGEST_MS = 25_000;

let schedulesPlayed = 0;

/** Plays a schedule on a sandbox that nobody else uses meanwhile. */
export async function play(lives: readonly Life[], sandbox: Sandbox, common: JsonObject): Promise<Seen> {
  const store: MemoryJobStore = { records: new Map(), dead: new Set() };
  const schedule = ++schedulesPlayed;
  // Tells the jobs of this schedule from one of another that comes late.
  const input = { ...common, seed: schedule };
  const shown: unknown[] = [];
  const key = jobKey({
    provider: "p",
    account: "a",
    model: MODEL_ID,
    identity: { schedule },
    take: 1,
  });
  let most = 0;
  let pending = 0;
  for (const [index, now] of lives.entries()) {
    const { seed, chance } = now;
    sandbox.setFaults({ seed, chance } satisfies FaultPlan);
    const owner = `process-${index}`;
    const journal = mortal(memoryJournal(store, owner), now.diesAfter);
    const client = createRunComfyClient({
      token: CANARY,
      baseUrl: sandbox.url,
      journal,
      timing: HASTY,
      clock: acceleratedClock(FACTOR),
    });
    const calls = Array.from({ length: now.runs }, () => run(client, { now, key, input, shown }));
    const ended = Promise.all(calls).then(() => "ended" as const);
    const outcome = await Promise.race([ended, sleep(LONGEST_MS, "pending" as const, { ref: false })]);
    if (outcome === "pending") pending += 1;
    // A job whose key nobody holds any more was freed: refused, failed, cancelled.
    most = Math.max(most, alive(sandbox, schedule));
    await client.close();
    store.dead.add(owner);
  }
  shown.push(...store.records.values(), ...[...store.records.values()].map(({ state }) => holdsKey(state)));
  return { most, pending, shown: JSON.stringify(shown) };
}

interface OneRun {
  readonly now: Life;
  readonly key: string;
  readonly input: JsonObject;
  readonly shown: unknown[];
}

async function run(client: RunComfyClient, { now, key, input, shown }: OneRun): Promise<void> {
  const abort = new AbortController();
  const timer = now.abortAfter === undefined ? undefined : setTimeout(() => abort.abort(), now.abortAfter);
  try {
    const result = await client.run({
      model: MODEL_ID,
      key,
      body: () => input,
      signal: abort.signal,
      onState: (progress) => {
        shown.push(progress);
        if (progress.state === now.abortAt) abort.abort();
      },
    });
    shown.push(
      result.requestId,
      result.files.map(({ bytes }) => Buffer.from(bytes).toString("latin1")),
    );
    if (now.settles) await result.settled();
  } catch (error) {
    shown.push(everything(error));
  } finally {
    clearTimeout(timer);
  }
}

/** A journal that stops working with its process. */
function mortal(journal: JobJournal, diesAfter: number | undefined): JobJournal {
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

/** Accepted jobs that are or will be billed. */
function alive(sandbox: Sandbox, schedule: number): number {
  const ours = sandbox.ledger().filter(({ parameters }) => parameters["seed"] === schedule);
  return ours.filter(({ state }) => state !== "failed" && state !== "cancelled").length;
}

/** All that a log could show of an error: text, data, causes. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return JSON.stringify(error) ?? "";
  return [String(error), error.stack, JSON.stringify(error), error.cause ? everything(error.cause) : ""].join("\n");
}
