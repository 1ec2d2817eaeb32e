import type { Fault, FaultPlan, ScriptedFault } from "@inlay/sandbox";
import { describe, expect, test } from "vitest";
import { failureOf, openStage, profiles, type StageOptions } from "../support/stage.ts";

// Cases 31–39: what a job's polls, its result and its files may be like.

const always = (fault: Fault): ScriptedFault => ({ ...fault, times: "always" });
const script = (faults: NonNullable<FaultPlan["script"]>): Pick<StageOptions, "faults"> => ({
  faults: { script: faults },
});

/** A result may be late for longer than a busy machine takes over the answers. */
const patient = { resultGrace: 4_000_000 };

const trouble: readonly ScriptedFault[] = [
  { fault: "http", status: 500 },
  { fault: "http", status: 503, error_code: 500001 },
  { fault: "http", status: 408 },
  { fault: "http", status: 429 },
  { fault: "reset", when: "before" },
  { fault: "reset", when: "handled" },
  { fault: "reset", when: "midway" },
  { fault: "html" },
  { fault: "empty" },
  { fault: "truncated" },
  { fault: "say", set: { status: null } },
  { fault: "slow", every_ms: 1 },
];

describe.each(profiles)("%s", (_name, dialect) => {
  const stage = (options: StageOptions = {}) => openStage({ dialect, ...options });

  test("case 31: polls ride through 5xx, resets, HTML and truncated answers", async () => {
    const { run, sandbox, count } = await stage({
      ...script({ status: trouble, result: trouble }),
      clientTiming: patient,
    });
    expect((await run()).files).toHaveLength(1);
    expect([count("submit"), sandbox.ledger().length]).toEqual([1, 1]);
    expect(count("status")).toBeGreaterThan(trouble.length);
  });

  test("case 31: trouble that does not end is ridden through until the deadline, and the job is kept", async () => {
    const { run, state } = await stage({
      ...script({ status: [always({ fault: "http", status: 502 })] }),
      clientTiming: { runningDeadline: 60_000 },
    });
    expect(await failureOf(run())).toMatchObject({ code: "remote.stalled", ending: "detached" });
    expect(state()).toBe("detached");
  });

  test("case 32: a 429 with a date is obeyed", async () => {
    const limited = { fault: "http", status: 429, retry_after: { date_in: 9 } } as const;
    const { run, clock } = await stage(script({ status: [limited] }));
    await run();
    const longest = clock.asked.filter((ms) => ms > 5_000 && ms <= 10_000);
    expect(longest.length).toBeGreaterThan(0);
  });

  test.each([404, 410])("case 33: a poll answered %i means lost, and nothing is submitted again", async (status) => {
    const { run, count, state } = await stage(script({ status: [always({ fault: "lost", status })] }));
    expect(await failureOf(run())).toMatchObject({ code: "remote.lost", ending: "lost" });
    expect(state()).toBe("lost");
    expect(await failureOf(run())).toMatchObject({ ending: "lost" });
    expect(count("submit")).toBe(1);
  });

  test("case 34: an unknown status is an error at once that keeps the request's id", async () => {
    const { run, sandbox, count, state } = await stage(script({ status: [{ fault: "unknown-status" }] }));
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.status", requestId: sandbox.ledger()[0]?.request_id });
    expect(error.message).toContain("paused");
    expect([count("status"), state()]).toEqual([1, "detached"]);
    expect((await run()).attached).toBe(true);
  });

  test("an answer about another request is never taken for ours: the next run asks again", async () => {
    const { run, sandbox, count, state } = await stage(
      script({ status: [{ fault: "say", set: { request_id: "another" } }] }),
    );
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.other-request", requestId: sandbox.ledger()[0]?.request_id });
    expect([count("submit"), state()]).toEqual([1, "detached"]);
    expect((await run()).attached).toBe(true);
    expect(count("submit")).toBe(1);
  });

  test("case 35: a status that goes backwards, and a result that is late, are polled on", async () => {
    const backwards: ScriptedFault[] = [{ fault: "endless" }, { fault: "backwards", times: 2 }, { fault: "endless" }];
    const late: ScriptedFault[] = [{ fault: "not-ready", times: 2 }, { fault: "lost" }];
    const { run, count } = await stage({
      ...script({ status: backwards, result: late }),
      clientTiming: patient,
    });
    expect((await run()).files).toHaveLength(1);
    expect(count("submit")).toBe(1);
  });

  test("case 35: a result that never comes is given up after a minute, and kept", async () => {
    const { run, state, clock } = await stage(script({ result: [always({ fault: "not-ready" })] }));
    const begun = clock.now();
    expect(await failureOf(run())).toMatchObject({ code: "remote.stalled", ending: "detached" });
    expect(clock.now() - begun).toBeGreaterThan(60_000);
    expect(state()).toBe("detached");
  });

  test("case 36: a job that runs past the deadline: one cancel, and its outcome is told", async () => {
    const { run, count, state } = await stage({
      timing: { minRunMs: 600_000 },
      clientTiming: { runningDeadline: 60_000 },
    });
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.stalled", ending: "detached" });
    expect(error.message).toContain("could not be cancelled");
    expect([count("cancel"), state()]).toEqual([1, "detached"]);
  });

  test("case 36: a job that stays in the queue past the deadline is cancelled, which frees its key", async () => {
    const { run, sandbox, state } = await stage({
      timing: { queuedMs: 600_000 },
      clientTiming: { queueDeadline: 60_000 },
    });
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.stalled", ending: "cancelled" });
    expect([sandbox.ledger()[0]?.state, state()]).toEqual(["cancelled", "cancelled"]);
  });

  test.each(["none", "video"] as const)("case 37: a result with %s for an image is a typed error", async (kind) => {
    const { run, count } = await stage(script({ result: [always({ fault: "output", kind })] }));
    expect(await failureOf(run())).toMatchObject({ code: "remote.output", ending: "failed" });
    expect(await failureOf(run())).toMatchObject({ code: "remote.output" });
    expect(count("submit")).toBe(1);
  });

  test("case 37: a result with three images is a list of three", async () => {
    const { run } = await stage(script({ result: [always({ fault: "output", kind: "three" })] }));
    expect((await run()).files).toHaveLength(3);
  });

  test.each([403, 404, 410])("case 38: a file's URL answered %i is asked for once more", async (status) => {
    const { run, count } = await stage(script({ file: [{ fault: "expired", status }] }));
    expect((await run()).files).toHaveLength(1);
    expect([count("file"), count("result")]).toEqual([2, 2]);
  });

  test.each([403, 404, 410])("case 38: a URL that stays %i means that the paid result is gone", async (status) => {
    const { run, count, state } = await stage(script({ file: [always({ fault: "expired", status })] }));
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.expired", ending: "lost" });
    expect(error.message).toContain("gone");
    expect([count("file"), count("submit"), state()]).toEqual([2, 1, "lost"]);
  });

  const files: readonly (readonly [name: string, fault: Fault, code: string])[] = [
    ["a video", { fault: "file", kind: "video" }, "remote.file-type"],
    ["a text", { fault: "file", kind: "text" }, "remote.file-type"],
    ["nothing", { fault: "file", kind: "empty" }, "remote.file-empty"],
    ["5 GB", { fault: "file", kind: "huge" }, "remote.file-size"],
    ["no end", { fault: "file", kind: "endless" }, "remote.file-size"],
    ["an end too soon", { fault: "truncated" }, "remote.file-truncated"],
    ["a redirect to another host", { fault: "redirect", to: "https://example.com/x.png" }, "remote.redirect"],
    ["a redirect to a private address", { fault: "redirect", to: "http://127.0.0.1:9/x.png" }, "remote.redirect"],
  ];
  test.each(files)("case 39: a file with %s is an error of its own, without the token", async (_, fault, code) => {
    const { run, sandbox, state } = await stage(script({ file: [always(fault)] }));
    expect(await failureOf(run())).toMatchObject({ code, ending: "detached" });
    expect(state()).toBe("detached");
    const downloads = sandbox.calls().filter(({ call }) => call === "file");
    expect(new Set(downloads.map(({ token }) => token))).toEqual(new Set(["nowhere"]));
  });

  test("case 39: a content type that is not true does no harm: the first bytes decide", async () => {
    const { run } = await stage(script({ file: [{ fault: "content-type", type: "text/html" }] }));
    expect((await run()).files[0]?.mime).toBe("image/png");
  });

  test("case 39: a file that broke off is fetched again", async () => {
    const { run, count } = await stage(script({ file: [{ fault: "truncated" }, { fault: "reset", when: "midway" }] }));
    expect((await run()).files).toHaveLength(1);
    expect(count("file")).toBe(3);
  });

  test("case 39: a result on a host that is not allowed is not fetched", async () => {
    const output = { image: "https://files.example.com/x.png" };
    const { run, count } = await stage(script({ result: [always({ fault: "say", set: { output } })] }));
    expect(await failureOf(run())).toMatchObject({ code: "remote.host", ending: "detached" });
    expect(count("file")).toBe(0);
  });
});
