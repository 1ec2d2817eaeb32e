import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { nodeHost } from "./node-host.ts";

test("hashes a text's UTF-8 bytes with SHA-256", () => {
  const { sha256 } = nodeHost();
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(sha256(text)).toBe(createHash("sha256").update(Buffer.from(text)).digest("hex"));
    }),
    { seed: 1, numRuns: 50 },
  );
});

test("a cancelled timer does not fire, another does", async () => {
  const host = nodeHost();
  const fired = await new Promise<string>((resolve) => {
    host.setTimer(() => resolve("cancelled"), 1)();
    host.setTimer(() => resolve("kept"), 5);
  });
  expect(fired).toBe("kept");
});

test("a timer of a year does not fire at once", async () => {
  const host = nodeHost();
  let fired = false;
  const cancel = host.setTimer(() => (fired = true), 365 * 86_400_000);
  await new Promise((resolve) => setTimeout(resolve, 5));
  cancel();
  expect(fired).toBe(false);
});

test("yielding lets timers and I/O callbacks run", async () => {
  const { yieldNow } = nodeHost();
  let ran = false;
  setImmediate(() => (ran = true));
  await yieldNow();
  expect(ran).toBe(true);
});

test("run ids are unique and sort by the time they were made", async () => {
  const { newRunId } = nodeHost();
  const first = newRunId();
  await new Promise((resolve) => setTimeout(resolve, 3));
  const later = Array.from({ length: 100 }, newRunId);
  expect(new Set(later).size).toBe(100);
  expect(later.every((id) => id > first && /^[0-9a-z]{20}$/.test(id))).toBe(true);
});

test("any number of nodes may listen to one signal without a warning", async () => {
  const warnings: Error[] = [];
  const note = (warning: Error): void => void warnings.push(warning);
  process.on("warning", note);
  const { signal } = nodeHost().createAbort();
  for (let i = 0; i < 50; i++) signal.addEventListener("abort", () => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});
