import type { EngineHost } from "../host.ts";
import { expectSame, expectThat, type ConformanceCase } from "./conformance-case.ts";

/** SHA-256 of the UTF-8 bytes of texts: FIPS 180-4's own, and two of more than one byte a letter. */
const hashes: Readonly<Record<string, string>> = {
  "": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  abc: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq:
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  "Grüße, 🙂\n": "030f538f8dd66ee20c300a6e52fd4e1a82cf96f45d697835fc33c70757d7a33c",
};

/** 1 January 2024. */
const recently = 1_704_067_200_000;

/**
 * What every `EngineHost` must do, for any test runner.
 *
 * @param make a new host
 * @example
 * for (const { name, run } of engineHostConformance(nodeHost)) test(name, run);
 */
export function engineHostConformance(make: () => EngineHost): readonly ConformanceCase[] {
  const withHost = (name: string, check: (host: EngineHost) => void | Promise<void>): ConformanceCase => ({
    name,
    run: async () => check(make()),
  });
  return [
    withHost("texts are hashed as UTF-8 with SHA-256", ({ sha256 }) => {
      for (const [text, hash] of Object.entries(hashes)) expectSame(sha256(text), hash, JSON.stringify(text));
      const long = "0123456789".repeat(10_000);
      expectThat(/^[0-9a-f]{64}$/.test(sha256(long)) && sha256(long) !== sha256(`${long}0`), "long texts to differ");
    }),
    withHost("the clock goes on and never back", async ({ now, yieldNow }) => {
      const start = now();
      let last = start;
      for (let i = 0; i < 1000 || last === start; i++) {
        if (i % 100 === 0) await yieldNow();
        const next = now();
        expectThat(next >= last, `the clock to go on, and ${next} comes after ${last}`);
        last = next;
      }
    }),
    withHost("the wall clock counts milliseconds since 1970", ({ wallClock }) => {
      expectThat(
        wallClock() > recently && wallClock() < recently * 10,
        `a time of this century, and it is ${wallClock()}`,
      );
    }),
    withHost("a timer fires once, after those that are due before it", async ({ setTimer }) => {
      const fired: string[] = [];
      await new Promise<void>((resolve) => {
        setTimer(() => {
          fired.push("later");
          resolve();
        }, 60);
        setTimer(() => void fired.push("sooner"), 1);
      });
      expectSame(fired.join(), "sooner,later", "what fired");
    }),
    withHost(
      "a timer that was cancelled never fires; cancelling one that has fired does nothing",
      async ({ setTimer }) => {
        let wrongly = false;
        const cancel = setTimer(() => (wrongly = true), 1);
        cancel();
        cancel();
        let cancelFired = (): void => undefined;
        await new Promise<void>((resolve) => (cancelFired = setTimer(resolve, 20)));
        cancelFired();
        expectSame(wrongly, false, "the cancelled timer's doing");
      },
    ),
    withHost("a timer of a year does not fire at once", async ({ setTimer }) => {
      let fired = false;
      const cancel = setTimer(() => (fired = true), 365 * 86_400_000);
      await new Promise<void>((resolve) => void setTimer(resolve, 5));
      cancel();
      expectSame(fired, false, "whether it fired");
    }),
    withHost("yielding lets timers fire", async ({ setTimer, yieldNow }) => {
      let fired = false;
      setTimer(() => (fired = true), 1);
      for (let i = 0; i < 1_000_000 && !fired; i++) await yieldNow();
      expectSame(fired, true, "whether the timer fired");
    }),
    withHost("an abort is seen by the signal, with its reason, and by each listener once", ({ createAbort }) => {
      const { signal, abort } = sourceOf(createAbort);
      const seen: string[] = [];
      const removed = (): void => void seen.push("removed");
      signal.throwIfAborted();
      expectSame(signal.aborted, false, "aborted before");
      signal.addEventListener("abort", () => void seen.push("always"));
      signal.addEventListener("abort", () => void seen.push("once"), { once: true });
      signal.addEventListener("abort", removed);
      signal.removeEventListener("abort", removed);
      const reason = new Error("stop");
      abort(reason);
      abort(new Error("again"));
      expectSame(signal.aborted, true, "aborted");
      expectSame(signal.reason, reason, "the reason, which is the first one");
      expectSame(seen.join(), "always,once", "who was called");
      expectSame(
        thrownBy(() => signal.throwIfAborted()),
        reason,
        "what is thrown",
      );
    }),
    withHost("an abort without a reason has one, and signals are apart", ({ createAbort }) => {
      const [stopped, other] = [sourceOf(createAbort), sourceOf(createAbort)];
      stopped.abort();
      expectThat(stopped.signal.reason !== undefined, "a reason");
      expectSame(other.signal.aborted, false, "the other's state");
    }),
    withHost("ids of runs differ and can be part of a file's name", ({ newRunId }) => {
      const ids = Array.from({ length: 1000 }, () => newRunId());
      expectSame(new Set(ids).size, 1000, "how many differ");
      expectThat(
        ids.every((id) => /^[A-Za-z0-9_-]{1,64}$/.test(id)),
        `ids of letters, digits and hyphens, such as ${ids[0]}`,
      );
    }),
  ];
}

function sourceOf(createAbort: EngineHost["createAbort"]): {
  readonly signal: ReturnType<EngineHost["createAbort"]>["signal"];
  abort(reason?: unknown): void;
} {
  const source = createAbort();
  return { signal: source.signal, abort: (...reason) => source.abort(...reason) };
}

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}
