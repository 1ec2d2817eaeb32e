import { expect, test } from "vitest";
import { EngineError, type RunEvent, type RunResult } from "@inlay/engine";
import { startRun, type BegunRun } from "./run-handle.ts";

const counts = { executed: 0, cached: 0, failed: 0, skipped: 0, paid: 0 };
const event = (seq: number): RunEvent => ({ seq, time: 0, type: "node.started", node: `n${seq}` });
const run = (result: Partial<RunResult>): BegunRun => ({
  run: {
    id: "r",
    cancel: () => undefined,
    finished: Promise.resolve({ status: "succeeded", outputs: {}, errors: [], counts, ...result }),
  },
});

test("awaiting a run gives its named outputs", async () => {
  expect(await startRun(async () => run({ outputs: { answer: 42 } }))).toEqual({ answer: 42 });
});

test("a failed run rejects with the first error's code", async () => {
  const failed = startRun(async () => run({ status: "failed", errors: [{ code: "image.empty", message: "no" }] }));
  await expect(failed).rejects.toMatchObject({ code: "image.empty" });
  expect((await failed.report).status).toBe("failed");
});

test("a cancelled run rejects with one code, and tells what became of its most expensive job", async () => {
  const errors = [
    { code: "remote.cancelled", message: "Stopped.", node: "a", ending: "cancelled" },
    { code: "remote.detached", message: "It goes on.", node: "b", ending: "detached", requestId: "r1" },
  ] as const;
  const cancelled = startRun(async () => run({ status: "cancelled", errors }));
  await expect(cancelled).rejects.toMatchObject({
    code: "run.cancelled",
    message: "The run was cancelled. It goes on.",
    data: { node: "b", ending: "detached", requestId: "r1" },
  });
  expect((await cancelled.report).errors).toEqual(errors);
});

test("a cancelled run without remote jobs rejects with the same code", async () => {
  const cancelled = startRun(async () => run({ status: "cancelled" }));
  await expect(cancelled).rejects.toMatchObject({ code: "run.cancelled" });
});

test("what fails before the start rejects too, and ends the events", async () => {
  const failed = startRun(() => Promise.reject(new EngineError({ code: "workflow.invalid", message: "no" })));
  for await (const _ of failed) throw new Error("there are no events");
  await expect(failed).rejects.toMatchObject({ code: "workflow.invalid" });
});

test("every reader gets every event, whenever it starts", async () => {
  const started = startRun(async (onEvent) => {
    onEvent(event(1));
    await Promise.resolve();
    onEvent(event(2));
    return run({});
  });
  const read = async (): Promise<number[]> => {
    const seen: number[] = [];
    for await (const { seq } of started) seen.push(seq);
    return seen;
  };
  const early = read();
  await started;
  expect([await early, await read()]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});

test("cancelling aborts the signal that the run was given", async () => {
  const started = startRun(
    (_onEvent, signal) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(new EngineError({ code: "run.cancelled", message: "stopped" }))),
      ),
  );
  started.cancel();
  await expect(started).rejects.toMatchObject({ code: "run.cancelled" });
});
