import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

test("reads seconds", () => {
  expect(retryAfterMs("3", now)).toBe(3_000);
  expect(retryAfterMs(" 0 ", now)).toBe(0);
});

test("reads an HTTP date relative to now, and never a negative wait", () => {
  expect(retryAfterMs("Sun, 01 Mar 2026 12:00:05 GMT", now)).toBe(5_000);
  expect(retryAfterMs("Sun, 01 Mar 2026 11:00:00 GMT", now)).toBe(0);
});

test("ignores what is neither", () => {
  for (const header of [undefined, "", "soon", "1h"]) expect(retryAfterMs(header, now)).toBeUndefined();
});
