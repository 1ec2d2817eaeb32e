import fc from "fast-check";
import { expect, test } from "vitest";
import { createPollSchedule } from "./poll-schedule.ts";
import { defaultTiming } from "./timing.ts";

const middle = (): number => 0.5;

test("polls after 0.5 s, then each time half as late again, and never more than 3 s apart", () => {
  const schedule = createPollSchedule(defaultTiming, middle);
  expect(Array.from({ length: 7 }, () => schedule.next())).toEqual([500, 750, 1125, 1687.5, 2400, 2400, 2400]);
  const latest = createPollSchedule(defaultTiming, () => 1);
  expect(Math.max(...Array.from({ length: 9 }, () => latest.next()))).toBe(3000);
});

test("polls every 5 s far back in the queue", () => {
  const schedule = createPollSchedule(defaultTiming, middle);
  expect(schedule.next({ queuePosition: 40 })).toBe(5_000);
  expect(schedule.next({ queuePosition: 1 })).toBe(750);
});

test("obeys Retry-After without jitter, up to 60 s", () => {
  const schedule = createPollSchedule(defaultTiming, () => 1);
  expect(schedule.next({ retryAfter: 3_000 })).toBe(3_000);
  expect(schedule.next({ retryAfter: 3_600_000 })).toBe(60_000);
});

test("every other pause stays within 25 % of its plan", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
      const pause = createPollSchedule(defaultTiming, () => random).next();
      expect(pause).toBeGreaterThanOrEqual(375);
      expect(pause).toBeLessThanOrEqual(625);
    }),
    { seed: 7, numRuns: 100 },
  );
});
