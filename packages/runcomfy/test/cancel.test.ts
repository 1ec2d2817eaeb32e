import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { expect, test } from "vitest";
import { failure, setUp, type Bench } from "./bench.ts";
import { accepted, json, reset, silence, state, waitsUntilCancelled, type Answer } from "./scripted-server.ts";

const notCancellable = json({ request_id: "r1", status: "in_progress", outcome: "not_cancellable" });
const slowly =
  (answer: Answer, ms = 30): Answer =>
  async (response, request) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    await answer(response, request);
  };

/** Runs the job and aborts as soon as it is in this state. */
function abortWhen(bench: Bench, moment: string): Promise<unknown> {
  const abort = new AbortController();
  return bench.run({ signal: abort.signal, onState: ({ state: step }) => step === moment && abort.abort() });
}

test("an abort before sending sends nothing and leaves the key free", async () => {
  const { run, server, state: journaled } = await setUp();
  expect(await failure(run({ signal: AbortSignal.abort() }))).toMatchObject({ code: "remote.cancelled" });
  expect([server.received.length, journaled() ?? "free"]).toEqual([0, expect.stringMatching(/free|cancelled/)]);
  expect((await run()).attached).toBe(false);
});

test("an abort while the body is made sends nothing and leaves the key free", async () => {
  const bench = await setUp();
  const abort = new AbortController();
  const body = (): { readonly prompt: string } => (abort.abort(), { prompt: "x" });
  expect(await failure(bench.run({ signal: abort.signal, body }))).toMatchObject({ code: "remote.cancelled" });
  expect(bench.server.received).toEqual([]);
  expect((await bench.run()).attached).toBe(false);
});

test("an abort as soon as the job is being submitted sends nothing and leaves the key free", async () => {
  const bench = await setUp();
  expect(await failure(abortWhen(bench, "submitting"))).toMatchObject({ code: "remote.cancelled" });
  expect([bench.server.received.length, bench.state()]).toEqual([0, "cancelled"]);
  expect((await bench.run()).attached).toBe(false);
});

test("the answer to a cancel that is about another request confirms nothing", async () => {
  const { client } = await setUp({
    cancel: [json({ request_id: "r2", status: "cancelled", outcome: "cancelled" })],
  });
  expect(await client.cancel("r1")).toBe("unconfirmed");
});

for (const moment of ["beforeConnect", "connected"]) {
  test(`an abort at the submit's ${moment} sends nothing and leaves the key free`, async () => {
    const bench = await setUp();
    const abort = new AbortController();
    const channel = `undici:client:${moment}`;
    const stop = (): void => abort.abort();
    subscribe(channel, stop);
    const error = await failure(bench.run({ signal: abort.signal })).finally(() => unsubscribe(channel, stop));
    expect(error).toMatchObject({ code: "remote.cancelled", ending: "cancelled" });
    expect([bench.server.received.length, bench.state()]).toEqual([0, "cancelled"]);
    expect((await bench.run()).attached).toBe(false);
  });
}

test("an abort at any turn of a submit leaves no job in doubt", async () => {
  for (let turns = 0; turns < 20; turns++) {
    const bench = await setUp({ submit: [slowly(accepted(), 5)], ...waitsUntilCancelled() });
    const abort = new AbortController();
    const ended = failure(bench.run({ signal: abort.signal }));
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect(await ended, `after ${turns} turns`).toMatchObject({ code: "remote.cancelled", ending: "cancelled" });
    expect(bench.server.of("cancel").length).toBe(bench.server.of("submit").length);
  }
});

test("an abort during the submit waits for the id and cancels that job", async () => {
  const bench = await setUp({ submit: [slowly(accepted("late"))], ...waitsUntilCancelled() });
  const abort = new AbortController();
  const running = bench.run({ signal: abort.signal });
  while (bench.server.of("submit").length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  abort.abort();
  expect(await failure(running)).toMatchObject({ code: "remote.cancelled", ending: "cancelled", requestId: "late" });
  expect(bench.server.of("cancel").map((request) => request.url)).toEqual(["/v1/requests/late/cancel"]);
  expect(bench.state()).toBe("cancelled");
});

test("an abort during a submit whose answer does not come is unknown", async () => {
  const bench = await setUp({ submit: [silence] }, { timing: { submitAbort: 20 } });
  const abort = new AbortController();
  const running = bench.run({ signal: abort.signal });
  while (bench.server.of("submit").length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  abort.abort();
  expect(await failure(running)).toMatchObject({ code: "remote.unknown", ending: "unknown" });
  expect([bench.state(), bench.server.of("submit").length]).toEqual(["unknown", 1]);
});

test("an abort in the queue cancels with one call and frees the key", async () => {
  const bench = await setUp(waitsUntilCancelled());
  expect(await failure(abortWhen(bench, "queued"))).toMatchObject({
    code: "remote.cancelled",
    ending: "cancelled",
    requestId: "r1",
  });
  expect([bench.server.of("cancel").length, bench.state()]).toEqual([1, "cancelled"]);
});

for (const moment of ["queued", "running"]) {
  test(`an abort that shall detach leaves the job as it is while it is ${moment}, and the next run collects it`, async () => {
    const step = state(moment === "queued" ? "in_queue" : "in_progress");
    const bench = await setUp({ status: [step, step, state("completed")] });
    const abort = new AbortController();
    const left = bench.run({
      signal: abort.signal,
      leave: (reason) => (reason === "out of time" ? "detach" : "cancel"),
      onState: ({ state: at }) => at === moment && abort.abort("out of time"),
    });
    expect(await failure(left)).toMatchObject({ code: "remote.detached", ending: "detached", requestId: "r1" });
    expect([bench.server.of("cancel").length, bench.state()]).toEqual([0, "detached"]);
    expect(await bench.run()).toMatchObject({ attached: true, requestId: "r1" });
    expect(bench.server.of("submit")).toHaveLength(1);
  });
}

test("an abort that shall detach before the job is submitted submits nothing", async () => {
  const bench = await setUp();
  const abort = new AbortController();
  const body = (): { readonly prompt: string } => (abort.abort(), { prompt: "x" });
  const error = await failure(bench.run({ signal: abort.signal, body, leave: () => "detach" }));
  expect([error.ending, bench.server.received]).toEqual(["cancelled", []]);
});

test("of two that wait for one job, the last to leave says how", async () => {
  const step = state("in_queue");
  const bench = await setUp({ status: [step, step, step, state("completed")] });
  const [first, second] = [new AbortController(), new AbortController()];
  const joined = failure(bench.run({ signal: second.signal, leave: () => "detach" }));
  const onState = ({ state: at }: { readonly state: string }) => {
    if (at === "queued") first.abort();
  };
  expect(await failure(bench.run({ signal: first.signal, onState }))).toMatchObject({ ending: "detached" });
  second.abort();
  expect(await joined).toMatchObject({ ending: "detached", requestId: "r1" });
  expect([bench.server.of("cancel").length, bench.state()]).toEqual([0, "detached"]);
});

const refusals: { readonly [name: string]: Answer } = {
  "200 and not_cancellable": notCancellable,
  "400": json({ error_code: 400001, message: "in progress" }, 400),
  "409": json({ message: "the job runs" }, 409),
  "200 with the code of a 409": json({ error_code: 409001, error_message: "the job runs" }),
};

for (const [name, answer] of Object.entries(refusals)) {
  test(`an abort while the job runs, answered ${name}, detaches: told, journaled, collected by the next run`, async () => {
    const bench = await setUp({
      status: [state("in_progress"), state("in_progress"), state("completed")],
      cancel: [answer],
    });
    const error = await failure(abortWhen(bench, "running"));
    expect(error).toMatchObject({ code: "remote.detached", ending: "detached", requestId: "r1" });
    expect(error.message).toContain("billed");
    expect(error.suggestion).toContain("again");
    expect(bench.state()).toBe("detached");
    expect((await bench.run()).attached).toBe(true);
    expect(bench.server.of("submit")).toHaveLength(1);
  });
}

for (const [name, answer] of Object.entries({ "no answer": silence, "a reset": reset, "a 500": json({}, 500) })) {
  test(`a cancel with ${name} is not taken as done: the id is kept`, async () => {
    const timing = answer === silence ? { cancel: 20 } : {};
    const bench = await setUp({ status: [state("in_queue")], cancel: [answer] }, { timing });
    const error = await failure(abortWhen(bench, "queued"));
    expect(error).toMatchObject({ ending: "detached", requestId: "r1" });
    expect([bench.state(), bench.server.of("cancel").length]).toEqual(["detached", 1]);
  });
}

test("a cancel that is said to be done of a job that stays in the queue is not believed", async () => {
  const bench = await setUp({ status: [state("in_queue")] }, { timing: { cancel: 100 } });
  expect(await failure(abortWhen(bench, "queued"))).toMatchObject({ ending: "detached", requestId: "r1" });
  expect([bench.state(), bench.server.of("cancel").length]).toEqual(["detached", 1]);
});

test("a cancel whose effect shows a moment later is confirmed", async () => {
  const slow = [state("in_queue"), state("in_queue"), state("in_queue"), state("cancelled")];
  const bench = await setUp({ status: slow });
  expect(await failure(abortWhen(bench, "queued"))).toMatchObject({ ending: "cancelled", requestId: "r1" });
  expect(bench.state()).toBe("cancelled");
});

test("a cancel that is refused is told as refused, and one of a job that then falls silent frees nothing", async () => {
  const bench = await setUp({ status: [state("in_progress"), reset], cancel: [notCancellable] });
  expect(await bench.client.cancel("r1")).toBe("not_cancellable");
  expect(await failure(abortWhen(bench, "running"))).toMatchObject({ ending: "detached", requestId: "r1" });
  expect(bench.state()).toBe("detached");
});

test("a cancel that comes after completion keeps the result for the next run", async () => {
  const bench = await setUp({
    status: [state("in_progress"), state("completed")],
    cancel: [json({ request_id: "r1", status: "completed", outcome: "not_cancellable" })],
  });
  await abortWhen(bench, "running").catch(() => undefined);
  expect(["submitted", "detached"]).toContain(bench.state());
  expect(await bench.run()).toMatchObject({ attached: true, requestId: "r1" });
  expect(bench.server.of("submit")).toHaveLength(1);
});

test("an abort while the result is fetched leaves it collectable", async () => {
  const bench = await setUp();
  await abortWhen(bench, "fetching").catch(() => undefined);
  expect(["submitted", "detached"]).toContain(bench.state());
  expect(await bench.run()).toMatchObject({ attached: true });
});

test("an abort ends the wait between polls at once", async () => {
  const bench = await setUp(waitsUntilCancelled(), { timing: { firstPoll: 60_000 } });
  const abort = new AbortController();
  const running = bench.run({ signal: abort.signal });
  while (bench.state() !== "submitted") await new Promise((resolve) => setTimeout(resolve, 1));
  abort.abort();
  expect(await failure(running)).toMatchObject({ code: "remote.cancelled" });
});

test("an abort does not wait for the limiter's turn of the polls", async () => {
  const bench = await setUp(waitsUntilCancelled(), { timing: { callSpacing: 60_000, cancel: 60_000 } });
  expect(await failure(abortWhen(bench, "queued"))).toMatchObject({ ending: "cancelled" });
  expect(bench.server.of("status")).toHaveLength(2);
});
