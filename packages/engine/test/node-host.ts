import { createHash } from "node:crypto";
import type { EngineHost, RunServices } from "../src/host.ts";

/** The engine's host for tests: Node's own clock, timers and hashes. */
export function testHost(): EngineHost {
  let runs = 0;
  return {
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    now: () => performance.now(),
    wallClock: () => Date.now(),
    setTimer(callback, ms) {
      const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    createAbort: () => new AbortController(),
    newRunId: () => `run-${++runs}`,
  };
}

/** Services that refuse everything but what a test gives. */
export function testServices(given: Partial<RunServices> = {}): RunServices {
  const refuse = (): never => {
    throw new Error("This test gave no such service.");
  };
  return {
    resolveFile: refuse,
    resolveAsset: refuse,
    nextSeed: refuse,
    files: { read: refuse, list: refuse, write: refuse },
    artifacts: { put: refuse, get: refuse, has: refuse },
    secret: () => undefined,
    remote: refuse,
    ...given,
  };
}
