import { expect, test } from "vitest";
import { queuePosition, resolveTiming, waitLeft } from "./timing.ts";

const timing = resolveTiming({ queuedMs: 300, perPositionMs: 100 });
const RECEIVED = "2026-01-01T00:00:00.000Z";
const after = (ms: number): number => Date.parse(RECEIVED) + ms;

test("the position counts down to 0 while the wait passes", () => {
  const positions = [0, 100, 150, 200, 300].map((ms) =>
    queuePosition(0, waitLeft(RECEIVED, after(ms), timing), timing),
  );
  expect(positions).toEqual([3, 2, 2, 1, 0]);
});

test("jobs that are really ahead count more than the imagined ones", () => {
  expect(queuePosition(5, 300, timing)).toBe(5);
});

test("a clock that was set back makes nobody wait longer than queuedMs", () => {
  expect(waitLeft(RECEIVED, after(-3_600_000), timing)).toBe(300);
});
