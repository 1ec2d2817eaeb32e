import { strict as assert } from "node:assert";
import type { JobJournal, JobMove, JobRecord, JobState } from "../journal.ts";

/** One store of a journal implementation, made empty for one case. */
export interface JournalUnderTest {
  /** Opens the store as one more process instance does, with an owner of its own. */
  open(): Promise<JobJournal>;
  /** Makes the process instance that opened this journal look dead, without letting it tidy up. */
  kill(journal: JobJournal): Promise<void>;
  /** Removes the store. */
  close(): Promise<void>;
}

/** One behaviour that every journal has. `run` rejects when it does not. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}

const JOB = { key: "k".repeat(64), provider: "runcomfy:https://example.test", account: "a1", model: "owner/model" };
const OTHER = { ...JOB, key: "o".repeat(64) };

type Case = (store: JournalUnderTest, journal: JobJournal) => Promise<void>;

const CASES: { readonly [name: string]: Case } = {
  "has no record of a key that was never claimed": async (_store, journal) => {
    assert.equal(await journal.get(JOB.key), undefined);
  },

  "claims a new key as an intent with attempt 1": async (_store, journal) => {
    const before = Date.now();
    const { claimed, record } = await journal.claim(JOB);
    assert.equal(claimed, true);
    assert.deepEqual(
      { ...JOB, state: "intent", attempt: 1 },
      pick(record, ["key", "provider", "account", "model", "state", "attempt"]),
    );
    assert.ok(record.owner.length > 0, "the owner is named");
    assert.ok(record.createdAt >= before - 1 && record.createdAt <= Date.now() + 1, "the time is now, in milliseconds");
    assert.deepEqual(await journal.get(JOB.key), record);
  },

  "refuses a second claim and shows who holds the key, in another process too": async (store, journal) => {
    const first = await journal.claim(JOB);
    for (const again of [journal, await store.open()]) {
      assert.deepEqual(await again.claim(JOB), { claimed: false, record: first.record });
    }
  },

  "lets exactly one of many claims at once win": async (store) => {
    const journals = await Promise.all([store.open(), store.open(), store.open(), store.open()]);
    const answers = await Promise.all([...journals, ...journals].map((journal) => journal.claim(JOB)));
    assert.equal(answers.filter((answer) => answer.claimed).length, 1);
    assert.equal(new Set(answers.map((answer) => answer.record.owner)).size, 1);
  },

  "keeps keys apart": async (_store, journal) => {
    await journal.claim(JOB);
    assert.equal((await journal.claim(OTHER)).claimed, true);
    await move(journal, { state: "submitted", requestId: "r1" });
    assert.equal((await journal.get(OTHER.key))?.state, "intent");
  },

  "shows a move to other processes": async (store, journal) => {
    await journal.claim(JOB);
    const record = await move(journal, { state: "submitted", requestId: "r1" });
    assert.equal(record?.requestId, "r1");
    assert.deepEqual(await (await store.open()).get(JOB.key), record);
  },

  "keeps request id and message when a move does not give them": async (_store, journal) => {
    await journal.claim(JOB);
    await move(journal, { state: "submitted", requestId: "r1", message: "accepted" });
    const record = await move(journal, { state: "detached" });
    assert.deepEqual(pick(record, ["requestId", "message"]), { requestId: "r1", message: "accepted" });
  },

  "does not keep what a job does not have": async (_store, journal) => {
    const { record } = await journal.claim(JOB);
    assert.deepEqual(["requestId" in record, "message" in record], [false, false]);
  },

  "frees the key after rejected, failed and cancelled": async (_store, journal) => {
    const endings: readonly JobMove["state"][] = ["rejected", "failed", "cancelled"];
    for (const [index, state] of endings.entries()) {
      const { claimed, record } = await journal.claim(JOB);
      assert.deepEqual([claimed, record.attempt], [true, index + 1]);
      await journal.move(record, { state });
    }
    assert.equal((await journal.claim(JOB)).claimed, true);
  },

  "starts a new attempt without the old request id and message": async (store, journal) => {
    const first = await journal.claim(JOB);
    await journal.move(first.record, { state: "submitted", requestId: "r1" });
    await journal.move(first.record, { state: "cancelled", message: "stopped" });
    const { record } = await (await store.open()).claim(JOB);
    assert.deepEqual([record.attempt, "requestId" in record, "message" in record], [2, false, false]);
    assert.notEqual(record.owner, first.record.owner);
  },

  "holds the key while submitted, detached, unknown, succeeded and lost": async (_store, journal) => {
    for (const path of HOLDING) {
      const key = `${JOB.key}-${path.join("-")}`;
      const { record } = await journal.claim({ ...JOB, key });
      for (const state of path) await journal.move(record, { state, requestId: "r1" });
      const again = await journal.claim({ ...JOB, key });
      assert.deepEqual([again.claimed, again.record.state], [false, path.at(-1)]);
    }
  },

  "refuses a move of an attempt that is no longer the latest": async (_store, journal) => {
    const old = await journal.claim(JOB);
    await journal.move(old.record, { state: "failed" });
    const { record } = await journal.claim(JOB);
    assert.equal(await journal.move(old.record, { state: "submitted", requestId: "late" }), undefined);
    assert.deepEqual(await journal.get(JOB.key), record);
  },

  "refuses a move that the states do not allow, and one of an unknown key": async (_store, journal) => {
    assert.equal(await move(journal, { state: "submitted", requestId: "r1" }), undefined);
    await journal.claim(JOB);
    assert.equal(await move(journal, { state: "succeeded" }), undefined);
    await move(journal, { state: "submitted", requestId: "r1" });
    assert.equal(await move(journal, { state: "unknown" }), undefined);
    assert.equal((await journal.get(JOB.key))?.state, "submitted");
  },

  "accepts the same ending twice": async (store, journal) => {
    await journal.claim(JOB);
    await move(journal, { state: "submitted", requestId: "r1" });
    await move(journal, { state: "succeeded" });
    assert.equal((await move(await store.open(), { state: "succeeded" }))?.state, "succeeded");
  },

  "takes a request id that a person enters for an unknown job": async (store, journal) => {
    await journal.claim(JOB);
    await move(journal, { state: "unknown" });
    assert.equal(await journal.attach(JOB.key, "found"), true);
    const record = await (await store.open()).get(JOB.key);
    assert.deepEqual(pick(record, ["state", "requestId"]), { state: "detached", requestId: "found" });
  },

  "takes no request id for a job that is not in doubt": async (_store, journal) => {
    assert.equal(await journal.attach(JOB.key, "found"), false);
    await journal.claim(JOB);
    assert.equal(await journal.attach(JOB.key, "found"), false);
    await move(journal, { state: "submitted", requestId: "r1" });
    assert.equal(await journal.attach(JOB.key, "found"), false);
    assert.equal((await journal.get(JOB.key))?.requestId, "r1");
  },

  "lists every job": async (store, journal) => {
    assert.deepEqual(await journal.list(), []);
    await journal.claim(JOB);
    await journal.claim(OTHER);
    await move(journal, { state: "submitted", requestId: "r1" });
    const states = (await (await store.open()).list()).map(({ key, state }) => [key, state] as const);
    assert.deepEqual(
      new Map(states),
      new Map<string, string>([
        [JOB.key, "submitted"],
        [OTHER.key, "intent"],
      ]),
    );
  },

  "forgets a job that holds its key, and the next claim gets it": async (_store, journal) => {
    await journal.claim(JOB);
    await move(journal, { state: "unknown" });
    assert.equal(await journal.forget(JOB.key), true);
    assert.equal((await journal.get(JOB.key))?.state, "forgotten");
    const next = await journal.claim(JOB);
    assert.deepEqual([next.claimed, next.record.attempt], [true, 2]);
  },

  "forgets only what the person saw, when that is said": async (_store, journal) => {
    await journal.claim(JOB);
    await move(journal, { state: "submitted", requestId: "r1" });
    await move(journal, { state: "lost" });
    const seen = { attempt: 1, state: "lost" } as const;
    await journal.attach(JOB.key, "r2");
    assert.equal(await journal.forget(JOB.key, seen), false);
    assert.equal((await journal.get(JOB.key))?.state, "detached");
    assert.equal(await journal.forget(JOB.key, { attempt: 2, state: "detached" }), false);
    assert.equal(await journal.forget(JOB.key, { attempt: 1, state: "detached" }), true);
  },

  "does not forget an intent, a free key or an unknown one": async (_store, journal) => {
    assert.equal(await journal.forget(JOB.key), false);
    const { record } = await journal.claim(JOB);
    assert.equal(await journal.forget(JOB.key), false);
    await journal.move(record, { state: "failed" });
    assert.equal(await journal.forget(JOB.key), false);
  },

  "says that a living owner lives": async (store, journal) => {
    const { record } = await journal.claim(JOB);
    assert.deepEqual([await journal.ownerAlive(record), await (await store.open()).ownerAlive(record)], [true, true]);
  },

  "says that a killed owner is dead, and keeps its intent": async (store, journal) => {
    const { record } = await journal.claim(JOB);
    await store.kill(journal);
    const other = await store.open();
    assert.equal(await other.ownerAlive(record), false);
    assert.deepEqual(await other.claim(JOB), { claimed: false, record });
  },

  "lets another process mark a dead owner's intent as unknown": async (store, journal) => {
    const { record } = await journal.claim(JOB);
    await store.kill(journal);
    const other = await store.open();
    assert.equal((await other.move(record, { state: "unknown", message: "the process ended" }))?.state, "unknown");
  },
};

const HOLDING: readonly (readonly Exclude<JobState, "intent" | "forgotten">[])[] = [
  ["submitted"],
  ["submitted", "detached"],
  ["unknown"],
  ["submitted", "succeeded"],
  ["submitted", "lost"],
];

/**
 * What every journal must do, as cases for any test runner.
 *
 * @example
 * ```ts
 * for (const { name, run } of jobJournalConformance(makeSqlJournal)) test(name, run);
 * ```
 */
export function jobJournalConformance(makeJournal: () => Promise<JournalUnderTest>): readonly ConformanceCase[] {
  return Object.entries(CASES).map(([name, check]) => ({
    name,
    async run() {
      const store = await makeJournal();
      try {
        await check(store, await store.open());
      } finally {
        await store.close();
      }
    },
  }));
}

function move(journal: JobJournal, to: JobMove): Promise<JobRecord | undefined> {
  return journal.move({ key: JOB.key, attempt: 1 }, to);
}

function pick(record: JobRecord | undefined, names: readonly (keyof JobRecord)[]): Partial<JobRecord> {
  assert.ok(record, "there is a record");
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}
