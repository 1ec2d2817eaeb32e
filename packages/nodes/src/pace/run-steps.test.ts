import type { NodeContext } from "@inlay/engine";
import { expect, test } from "vitest";
import { runSteps } from "./run-steps.ts";

/** The part of a context that pacing uses; the abort comes with the `abortAt`-th yield. */
function pacing(abortAt = Infinity) {
  const abort = new AbortController();
  const log: string[] = [];
  const ctx = {
    signal: abort.signal,
    progress: (value: number) => void log.push(`progress ${value}`),
    yieldNow: async () => {
      log.push("yield");
      if (log.filter((entry) => entry === "yield").length >= abortAt) abort.abort(new Error("cancelled"));
    },
  } as unknown as NodeContext;
  return { ctx, log };
}

function* busy(slices: number): Generator<number, string, void> {
  for (let i = 1; i <= slices; i++) {
    const end = performance.now() + 21;
    while (performance.now() < end);
    yield i / slices;
  }
  return "done";
}

test("what is fast is given directly, without a promise", () => {
  const { ctx, log } = pacing();
  expect(runSteps(busy(0), ctx)).toBe("done");
  expect(log).toEqual([]);
});

test("what is slow lets other work run between its slices", async () => {
  const { ctx, log } = pacing();
  await expect(runSteps(busy(2), ctx)).resolves.toBe("done");
  expect(log).toEqual(["progress 0.5", "yield", "progress 1", "yield"]);
});

test("a cancelled run ends at the next slice", async () => {
  const { ctx, log } = pacing(1);
  await expect(runSteps(busy(100), ctx)).rejects.toThrow("cancelled");
  expect(log).toHaveLength(2);
});
