import { setTimeout as sleep } from "node:timers/promises";
import type { FaultPlan } from "@inlay/sandbox";
import { describe, expect, test } from "vitest";
import { failureOf, openStage, profiles, type Stage, type StageOptions } from "../support/stage.ts";

// Cases 21–27: a run is stopped, and what becomes of its job is told.

/** A job that waits in the queue, or runs, longer than any test. */
const WAITS = { queuedMs: 600_000 };

describe.each(profiles)("%s", (_name, dialect) => {
  const stage = (options: StageOptions = {}) => openStage({ dialect, ...options });
  const onCancel = (fault: NonNullable<NonNullable<FaultPlan["script"]>["cancel"]>[number]) => ({
    faults: { script: { cancel: [fault] } },
  });

  test("case 21: an abort before sending sends nothing", async () => {
    const { run, sandbox, state } = await stage();
    expect(await failureOf(run({ signal: AbortSignal.abort() }))).toMatchObject({
      code: "remote.cancelled",
      ending: "cancelled",
    });
    expect([sandbox.calls().length, state() ?? "free"]).toEqual([0, "free"]);
  });

  test("case 22: an abort during the submit whose answer arrives cancels that id", async () => {
    const faults: FaultPlan = { script: { submit: [{ fault: "delay", ms: 60 }] } };
    const opened = await stage({ faults, timing: WAITS });
    const error = await failureOf(abortDuringSubmit(opened));
    const [job] = opened.sandbox.ledger();
    expect(error).toMatchObject({ ending: "cancelled", requestId: job?.request_id });
    expect([job?.state, opened.count("submit"), opened.count("cancel"), opened.state()]).toEqual([
      "cancelled",
      1,
      1,
      "cancelled",
    ]);
  });

  test("case 23: an abort during the submit whose answer is lost leaves the job unknown, and says so", async () => {
    const faults: FaultPlan = { script: { submit: [{ fault: "silence" }] } };
    const opened = await stage({ faults, clientTiming: { submitAbort: 5_000 } });
    const error = await failureOf(abortDuringSubmit(opened));
    expect(error).toMatchObject({ code: "remote.unknown", ending: "unknown" });
    expect(error.suggestion).toContain("inlay jobs");
    expect([opened.count("submit"), opened.state()]).toEqual([1, "unknown"]);
    expect(opened.clock.asked).toContain(5_000);
  });

  test("case 24: an abort in the queue cancels the job, and the service confirms it", async () => {
    const { abortWhen, sandbox, count, state } = await stage({ timing: WAITS });
    expect(await failureOf(abortWhen("queued"))).toMatchObject({ code: "remote.cancelled", ending: "cancelled" });
    expect([sandbox.ledger()[0]?.state, count("cancel"), state()]).toEqual(["cancelled", 1, "cancelled"]);
  });

  test("case 25: an abort while the job runs detaches: told as billed, and collected by the next run", async () => {
    const { abortWhen, run, sandbox, count, state } = await stage({ timing: { minRunMs: 500 } });
    const error = await failureOf(abortWhen("running"));
    expect(error).toMatchObject({ code: "remote.detached", ending: "detached" });
    expect(error.requestId).toBe(sandbox.ledger()[0]?.request_id);
    expect(error.message).toContain("billed");
    expect(state()).toBe("detached");
    expect(await run()).toMatchObject({ attached: true, requestId: error.requestId });
    expect([count("submit"), sandbox.ledger().length]).toEqual([1, 1]);
  });

  test("case 26: a cancel that races completion loses: the result is offered, and collected by the next run", async () => {
    const { abortWhen, run, count } = await stage({
      timing: WAITS,
      ...onCancel({ fault: "race", winner: "completion" }),
    });
    const error = await failureOf(abortWhen("queued"));
    expect(error).toMatchObject({ ending: "detached" });
    expect(error.message).toContain("complete");
    expect((await run()).attached).toBe(true);
    expect(count("submit")).toBe(1);
  });

  test("case 26: a cancel that is answered but not carried out is not believed", async () => {
    const { abortWhen, sandbox, state } = await stage({
      timing: WAITS,
      clientTiming: { cancel: 20_000 },
      ...onCancel({ fault: "race", winner: "nobody" }),
    });
    expect(await failureOf(abortWhen("queued"))).toMatchObject({ ending: "detached" });
    expect([sandbox.ledger()[0]?.state, state()]).toEqual(["in_queue", "detached"]);
  });

  test("case 27: a cancel that times out is unconfirmed, and the id is kept", async () => {
    const { abortWhen, count, state, sandbox } = await stage({
      timing: WAITS,
      clientTiming: { cancel: 5_000 },
      ...onCancel({ fault: "silence", handled: false }),
    });
    const error = await failureOf(abortWhen("queued"));
    expect(error).toMatchObject({ ending: "detached", requestId: sandbox.ledger()[0]?.request_id });
    expect(error.message).toContain("did not confirm");
    expect([count("cancel"), state()]).toEqual([1, "detached"]);
  });
});

async function abortDuringSubmit({ run, count }: Stage): Promise<unknown> {
  const abort = new AbortController();
  const running = run({ signal: abort.signal });
  running.catch(() => undefined);
  while (count("submit") === 0) await sleep(1);
  abort.abort();
  return running;
}
