import { createServer, type AddressInfo, type Socket } from "node:net";
import type { JobJournal } from "@inlay/runcomfy";
import { describe, expect, onTestFinished, test } from "vitest";
import { failureOf, openStage } from "../support/stage.ts";

// A disk that is full for a moment, at every write of a job, and a request that breaks off before it has left.

/** Makes a journal fail at one of its calls, counted from 1, and says which it was. */
function failingAt(call: number) {
  let calls = 0;
  let failed: string | undefined;
  const wrapJournal = (journal: JobJournal): JobJournal =>
    new Proxy(journal, {
      get(target, name: keyof JobJournal) {
        const method = target[name].bind(target) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (++calls !== call) return method(...args);
          failed = name === "move" ? `move to ${(args[1] as { state: string }).state}` : name;
          throw new Error("ENOSPC: no space left on device");
        };
      },
    });
  return { wrapJournal, failed: () => failed };
}

describe("a disk that is full for a moment", () => {
  test.each([
    [1, "get"],
    [2, "claim"],
    [3, "move to submitted"],
    [4, "move to succeeded"],
  ])("at call %i of the journal (%s): one job, and the next run of the process has it", async (call, name) => {
    const { wrapJournal, failed } = failingAt(call);
    const stage = await openStage({ wrapJournal });
    const run = async (): Promise<boolean> => {
      const { attached, settled } = await stage.run();
      await settled();
      return attached;
    };
    const error = await failureOf(run());
    expect([failed(), error.code]).toEqual([name, "remote.journal"]);
    const accepted = stage.sandbox.ledger();
    expect(accepted).toHaveLength(call < 3 ? 0 : 1);
    if (call === 3) expect(error).toMatchObject({ ending: "unknown", requestId: accepted[0]?.request_id });
    expect(await run()).toBe(call >= 3);
    expect([stage.sandbox.ledger().length, stage.count("submit"), stage.state()]).toEqual([1, 1, "succeeded"]);
  });

  test.each([
    ["rejected", { fault: "http", status: 402 }],
    ["unknown", { fault: "reset", when: "handled" }],
  ] as const)("while a job is %s: that is written down later, and nothing is forgotten", async (state, fault) => {
    const { wrapJournal, failed } = failingAt(3);
    const stage = await openStage({ wrapJournal, faults: { script: { submit: [fault] } } });
    expect(await failureOf(stage.run())).toMatchObject({ code: "remote.journal", ending: state });
    expect([failed(), stage.state()]).toEqual([`move to ${state}`, "intent"]);
    await stage.client.close();
    expect(stage.state()).toBe(state);
    expect(stage.count("submit")).toBe(1);
  });
});

describe("a request that breaks off before all of it has left", () => {
  /** A server that reads some of each request and then breaks the connection. */
  async function breaksAfter(bytes: number): Promise<{ readonly url: string; connections(): number }> {
    let connections = 0;
    const server = createServer((socket: Socket) => {
      connections += 1;
      let seen = 0;
      socket.on("error", () => undefined);
      socket.on("data", (data) => {
        seen += data.length;
        if (seen >= bytes) socket.resetAndDestroy();
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void server.close());
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
  }

  /** More than all buffers on the way hold, so that the end is still here when the connection breaks. */
  const large = { prompt: "x".repeat(40 * 2 ** 20) };

  test("was certainly not accepted: it is tried 3 times and nothing is in doubt", async () => {
    const { url, connections } = await breaksAfter(200_000);
    const { run, state } = await openStage({ baseUrl: url });
    expect(await failureOf(run({ body: () => large }))).toMatchObject({ code: "remote.network", ending: "failed" });
    expect([connections(), state()]).toEqual([3, "failed"]);
  });

  test("one that has left whole is in doubt, however short the answer", async () => {
    const { url, connections } = await breaksAfter(1);
    const { run, state } = await openStage({ baseUrl: url });
    expect(await failureOf(run({ body: () => ({ prompt: "an apple" }) }))).toMatchObject({ ending: "unknown" });
    expect([connections(), state()]).toEqual([1, "unknown"]);
  });

  test("an abort in its middle ends it at once, and leaves nothing in doubt", async () => {
    let began = (): void => undefined;
    const reached = new Promise<void>((resolve) => (began = resolve));
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        socket.pause();
        began();
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { run, state } = await openStage({ baseUrl: url });
    const abort = new AbortController();
    const running = failureOf(run({ body: () => large, signal: abort.signal }));
    await reached;
    abort.abort();
    expect(await running).toMatchObject({ code: "remote.cancelled", ending: "cancelled" });
    expect(state()).toBe("cancelled");
  });

  test("has more time the longer it is", async () => {
    const { run, clock, input, sandbox } = await openStage({ clientTiming: { submit: 120_000 } });
    await run({ body: () => ({ ...input, extra: "x".repeat(6_400_000) }) });
    expect(clock.asked.some((ms) => ms > 219_000 && ms < 222_000)).toBe(true);
    expect(sandbox.ledger()).toHaveLength(1);
  });
});
