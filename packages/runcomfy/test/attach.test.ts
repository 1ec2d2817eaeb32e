import { expect, test } from "vitest";
import type { JobJournal, JobProgress } from "../src/index.ts";
import { memoryJournal } from "../src/testing/index.ts";
import { failure, job, KEY, setUp } from "./bench.ts";
import { accepted, json, reset, silence, state as status, type Answer } from "./scripted-server.ts";

const subject = { key: KEY, provider: "p", account: "a", model: "owner/model" };

test("two runs of one key in one process are one job, and both get the result", async () => {
  const { run, server } = await setUp();
  const results = await Promise.all([run(), run(), run()]);
  expect(results.map((result) => result.requestId)).toEqual(["r1", "r1", "r1"]);
  expect(server.of("submit")).toHaveLength(1);
});

test("aborting one of two runs of one key leaves the other its result", async () => {
  const { run, server } = await setUp({ status: [status("in_queue"), status("in_queue"), status("completed")] });
  const abort = new AbortController();
  const first = run({ signal: abort.signal, onState: ({ state }) => state === "queued" && abort.abort() });
  const second = run();
  await failure(first);
  expect((await second).requestId).toBe("r1");
  expect([server.of("submit").length, server.of("cancel").length]).toEqual([1, 0]);
});

test("a run of a submitted key polls and collects without a POST", async () => {
  const bench = await setUp();
  const { claimed, record } = await memoryJournal(bench.store, "first").claim(subject);
  await memoryJournal(bench.store, "first").move(record, { state: "submitted", requestId: "r7" });
  bench.store.dead.add("first");
  const seen: (boolean | undefined)[] = [];
  const result = await bench.another("second").run(job({ onState: ({ attached }) => seen.push(attached) }));
  expect([claimed, result.attached, result.requestId]).toEqual([true, true, "r7"]);
  expect(seen.every((attached) => attached)).toBe(true);
  expect(bench.server.of("submit")).toEqual([]);
  expect(bench.server.of("status")[0]?.url).toBe("/v1/requests/r7/status");
});

test("a run of a succeeded key collects by id without a POST", async () => {
  const { run, server, state } = await setUp();
  await (await run()).settled();
  const again = await run();
  expect([again.attached, again.files.length, server.of("submit").length]).toEqual([true, 1, 1]);
  await again.settled();
  expect(state()).toBe("succeeded");
});

test("an intent that a dead process left is unknown: no POST", async () => {
  const bench = await setUp();
  await memoryJournal(bench.store, "crashed").claim(subject);
  bench.store.dead.add("crashed");
  expect(await failure(bench.run())).toMatchObject({ code: "remote.unknown", ending: "unknown" });
  expect([bench.state(), bench.server.received.length]).toEqual(["unknown", 0]);
});

test("an intent of another living process is waited for, then its job is attached to", async () => {
  const bench = await setUp({}, { timing: { intentWait: 5_000 } });
  const other = memoryJournal(bench.store, "other");
  const { record } = await other.claim(subject);
  const waiting = bench.run();
  await new Promise((resolve) => setTimeout(resolve, 10));
  await other.move(record, { state: "submitted", requestId: "r9" });
  expect(await waiting).toMatchObject({ attached: true, requestId: "r9" });
  expect(bench.server.of("submit")).toEqual([]);
});

test("an intent of another living process is not waited for for ever", async () => {
  const bench = await setUp({}, { timing: { intentWait: 20 } });
  await memoryJournal(bench.store, "other").claim(subject);
  const error = await failure(bench.run());
  expect(error.code).toMatch(/^remote\./);
  expect([bench.state(), bench.server.received.length]).toEqual(["intent", 0]);
});

test("two processes that start one key at once send one POST", async () => {
  const slow: Answer = (...args) => void setTimeout(() => void accepted()(...args), 20);
  const bench = await setUp({ submit: [slow] }, { timing: { intentWait: 5_000 } });
  const results = await Promise.all([bench.run(), bench.another("second").run(job())]);
  expect(results.filter((result) => result.attached)).toHaveLength(1);
  expect(bench.server.of("submit")).toHaveLength(1);
});

test("an unknown job is collected once a person has entered its request id", async () => {
  const bench = await setUp({ submit: [reset] });
  await failure(bench.run());
  await memoryJournal(bench.store, "person").attach(KEY, "found-1");
  expect(await bench.run()).toMatchObject({ attached: true, requestId: "found-1" });
  expect(bench.server.of("submit")).toHaveLength(1);
});

test("a forgotten unknown job is submitted again", async () => {
  const bench = await setUp({ submit: [reset, accepted("r2")] });
  await failure(bench.run());
  await memoryJournal(bench.store, "person").forget(KEY);
  expect(await bench.run()).toMatchObject({ attached: false, requestId: "r2" });
});

test("a journal that cannot be written keeps everything from being sent", async () => {
  const full = new Error("ENOSPC: no space left on device");
  const journal: JobJournal = { ...memoryJournal(), claim: () => Promise.reject(full) };
  const { run, server } = await setUp({}, { journal });
  expect((await failure(run())).code).toBe("remote.journal");
  expect(server.received).toEqual([]);
});

test("when the id of an accepted job cannot be written, the error carries it", async () => {
  const inner = memoryJournal();
  const journal: JobJournal = {
    ...inner,
    move: (ref, to) => (to.state === "submitted" ? Promise.reject(new Error("ENOSPC")) : inner.move(ref, to)),
  };
  const { run, server } = await setUp({}, { journal });
  expect(await failure(run())).toMatchObject({ requestId: "r1" });
  expect(server.of("submit")).toHaveLength(1);
});

test("when an ending cannot be written, the error tells both what happened and that it is not on record", async () => {
  const inner = memoryJournal();
  const journal: JobJournal = { ...inner, move: () => Promise.reject(new Error("ENOSPC")) };
  const { run } = await setUp({ submit: [reset] }, { journal });
  const error = await failure(run());
  expect(error).toMatchObject({ code: "remote.journal", ending: "unknown" });
  expect(error.message).toMatch(/may or may not exist.*could not be written/);
});

test("a watcher that throws does not leave the key held by a submit that never was", async () => {
  const { run, server } = await setUp();
  const onState = ({ state }: JobProgress): void => {
    if (state === "submitting") throw new Error("the screen is gone");
  };
  await expect(run({ onState })).rejects.toThrow("the screen is gone");
  expect(server.of("submit")).toEqual([]);
  expect((await run()).attached).toBe(false);
});

test("the single calls need no journal", async () => {
  const { client } = await setUp({ status: [status("in_queue", { queue_position: 3 })], model: [model, silence] });
  expect(await client.submit({ model: "owner/model", body: {} })).toBe("r1");
  expect(await client.status("r1")).toMatchObject({ state: "queued", queuePosition: 3 });
  expect(await client.result("r1")).toMatchObject({ state: "completed", videos: [] });
  expect(await client.cancel("r1")).toBe("cancelled");
  expect(await client.model("owner/model")).toMatchObject({ model: "owner/model", basePriceUsd: 0.02 });
});

const model = json({ model_id: "owner/model", display_name: "A model", base_price_usd: 0.02, price_unit: "image" });
