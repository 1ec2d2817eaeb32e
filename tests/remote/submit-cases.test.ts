import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createRunComfyClient } from "@inlay/runcomfy";
import { memoryJournal } from "@inlay/runcomfy/testing";
import type { Fault, ScriptedFault } from "@inlay/sandbox";
import { describe, expect, test } from "vitest";
import { CANARY, failureOf, openStage, profiles, type StageOptions } from "../support/stage.ts";

// Cases 1–7 and 15–20 of a paid job that goes wrong: what becomes of a submit.

const on = (...submit: ScriptedFault[]): Pick<StageOptions, "faults"> => ({ faults: { script: { submit } } });
const always = (fault: Fault): ScriptedFault => ({ ...fault, times: "always" });

describe.each(profiles)("%s", (_name, dialect) => {
  const stage = (options: StageOptions = {}) => openStage({ dialect, ...options });

  test("case 1: without a token nothing is sent, and the error names the variable", async () => {
    const { sandbox } = await stage();
    const make = (): unknown => createRunComfyClient({ token: "", baseUrl: sandbox.url, journal: memoryJournal() });
    expect(make).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          code: "remote.auth",
          suggestion: expect.stringContaining("RUNCOMFY_API_TOKEN") as string,
        }) as object,
      }) as Error,
    );
    expect(sandbox.calls()).toEqual([]);
  });

  test("case 2: a bad token is an authentication error, and not tried again", async () => {
    const { run, count, state } = await stage({ clientToken: "an-expired-token" });
    expect(await failureOf(run())).toMatchObject({ code: "remote.auth", ending: "rejected" });
    expect([count("submit"), state()]).toEqual([1, "rejected"]);
  });

  test("case 2: 403 is an authentication error too", async () => {
    const { run, count, sandbox } = await stage(on({ fault: "http", status: 403, error_code: 403001 }));
    expect(await failureOf(run())).toMatchObject({ code: "remote.auth", ending: "rejected" });
    expect([count("submit"), sandbox.ledger().length]).toEqual([1, 0]);
  });

  const withoutBalance: readonly (readonly [name: string, fault: Fault])[] = [
    ["402", { fault: "http", status: 402 }],
    ["400 with 400002", { fault: "http", status: 400, error_code: 400002 }],
    ["200 with 400002", { fault: "http", status: 200, error_code: 400002 }],
  ];
  test.each(withoutBalance)(
    "case 3: no balance, told by %s, is a balance error, and not tried again",
    async (_, fault) => {
      const { run, count, sandbox, state } = await stage(on(fault));
      expect(await failureOf(run())).toMatchObject({ code: "remote.balance", ending: "rejected" });
      expect([count("submit"), sandbox.ledger().length, state()]).toEqual([1, 0, "rejected"]);
    },
  );

  test("case 4: an unknown model is named", async () => {
    const { run, count } = await stage();
    const error = await failureOf(run({ model: "owner/no-such-model" }));
    expect(error).toMatchObject({ code: "remote.model", ending: "rejected" });
    expect(error.message).toContain("owner/no-such-model");
    expect(count("submit")).toBe(1);
  });

  test("case 5: a refusal that names `strength` is an error on that input", async () => {
    const { run, input, count, state } = await stage();
    const error = await failureOf(run({ body: () => ({ ...input, strength: 1.5 }) }));
    expect(error).toMatchObject({ code: "remote.schema", ending: "rejected", input: "strength" });
    expect([count("submit"), state()]).toEqual([1, "rejected"]);
  });

  test("case 6: a 400 without detail is an error whose words are short and hold no secret", async () => {
    const message = `no: ${CANARY} data:image/png;base64,${"iVBORw0KGgo".repeat(99)} ${"long words ".repeat(999)}`;
    const { run } = await stage(on({ fault: "http", status: 400, error_code: 400999, message }));
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.rejected", ending: "rejected" });
    expect(error.message.length).toBeLessThan(700);
    expect(JSON.stringify(error)).not.toMatch(new RegExp(`${CANARY}|iVBORw0KGgoiVBO`));
  });

  test("case 7: a refusal of the content shows the service's words, and is not tried again", async () => {
    const message = "The content was flagged by the moderation system";
    const { run, count, state } = await stage(on({ fault: "fails", message }));
    const error = await failureOf(run());
    expect(error).toMatchObject({ code: "remote.moderation", ending: "failed" });
    expect(error.message).toContain(message);
    expect([count("submit"), state()]).toEqual([1, "failed"]);
  });

  test.each([
    ["a refused connection", async () => `http://127.0.0.1:${await freePort()}`],
    ["a host that has no address", async () => "https://no-such-host.invalid"],
  ])("case 15: %s is tried at most 3 times and never journaled as sent", async (_, baseUrl) => {
    const { run, clock, state } = await stage({ baseUrl: await baseUrl() });
    expect(await failureOf(run())).toMatchObject({ code: "remote.network", ending: "failed" });
    expect(clock.asked.filter((ms) => ms === 1000)).toHaveLength(2);
    expect(state()).toBe("failed");
  });

  const lost: readonly (readonly [number: number, name: string, fault: Fault])[] = [
    [16, "a reset after sending", { fault: "reset", when: "handled" }],
    [16, "a reset within the answer", { fault: "reset", when: "midway" }],
    [17, "a 503 after acceptance", { fault: "http", status: 503, handled: true }],
    [18, "a truncated answer", { fault: "truncated" }],
    [18, "a page of HTML", { fault: "html" }],
    [18, "an empty answer", { fault: "empty" }],
    [18, "an answer without id", { fault: "say", set: { request_id: null } }],
  ];
  test.each(lost)(
    "case %i: after %s the job is unknown: one POST, and none by the next run",
    async (_case, _what, fault) => {
      const { run, count, sandbox, state, key } = await stage(on(fault));
      for (let attempt = 1; attempt <= 2; attempt++) {
        const error = await failureOf(run());
        expect(error).toMatchObject({ code: "remote.unknown", ending: "unknown" });
        expect(error.suggestion).toContain(`inlay jobs attach ${key}`);
      }
      expect([count("submit"), sandbox.ledger().length, state()]).toEqual([1, 1, "unknown"]);
    },
  );

  test("case 16: a reset before anything was read is in doubt too", async () => {
    const { run, count, sandbox } = await stage(on({ fault: "reset", when: "before" }));
    expect(await failureOf(run())).toMatchObject({ ending: "unknown" });
    expect([count("submit"), sandbox.ledger().length]).toEqual([1, 0]);
  });

  test.each([
    ["3 seconds", 3, 3_000, 3_000],
    ["a date", { date_in: 3 }, 2_000, 4_000],
  ])("case 19: a 429 that asks for %s is waited for, and one job is submitted", async (_, retry_after, least, most) => {
    const { run, count, sandbox, clock } = await stage(on({ fault: "http", status: 429, retry_after }));
    await run();
    expect([count("submit"), sandbox.ledger().length]).toEqual([2, 1]);
    const pauses = clock.asked.filter((ms) => ms >= least && ms <= most);
    expect(pauses.length).toBeGreaterThan(0);
    if (least === most) expect(clock.asked).toContain(least);
  });

  test("case 20: ten times 429 is a rate-limit error, without a job", async () => {
    const { run, count, sandbox, state } = await stage(on(always({ fault: "http", status: 429 })));
    expect(await failureOf(run())).toMatchObject({ code: "remote.rate-limit", ending: "rejected" });
    expect([count("submit"), sandbox.ledger().length, state()]).toEqual([10, 0, "rejected"]);
  });

  test("a submit comes over a connection that carries nothing else", async () => {
    const { run, sandbox } = await stage();
    await run();
    const [submit, ...rest] = sandbox.calls();
    expect(rest.map(({ connection }) => connection)).not.toContain(submit?.connection);
  });
});

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
