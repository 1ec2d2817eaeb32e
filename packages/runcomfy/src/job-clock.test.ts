import { expect, test } from "vitest";
import { createJobClock } from "./job-clock.ts";
import type { JobStatus } from "./job-status.ts";
import { defaultTiming } from "./timing.ts";

const MINUTE = 60_000;

/** Whether each poll finds the job overdue; a poll is minutes since the last one and what was seen. */
function overdue(...polls: readonly (readonly [minutes: number, seen: JobStatus["state"] | undefined])[]): boolean[] {
  let time = 0;
  const clock = createJobClock(defaultTiming, () => time);
  return polls.map(([minutes, seen]) => {
    time += minutes * MINUTE;
    return clock.overdue(seen);
  });
}

test("a job may run for 30 minutes", () => {
  expect(overdue([30, "running"], [1, "running"])).toEqual([false, true]);
});

test("time in the queue is counted apart", () => {
  expect(overdue([600, "queued"], [29, "running"], [2, "running"])).toEqual([false, false, true]);
});

test("silence counts as running, even of a job that was in the queue", () => {
  expect(overdue([10, "queued"], [31, undefined])).toEqual([false, true]);
});

test("a job that went back to the queue after running does not win time", () => {
  expect(overdue([20, "running"], [11, "queued"])).toEqual([false, true]);
});

test("the queue has an end too", () => {
  expect(overdue([24 * 60 + 1, "queued"])).toEqual([true]);
});

test("a completed job has a minute to show its result, even if it goes backwards", () => {
  expect(overdue([1, "completed"], [1, "completed"], [0.1, "running"])).toEqual([false, false, true]);
});
