import { expect, test } from "vitest";
import { moveInLine } from "./move-in-line.ts";

const line = [
  { run: "high", priority: 2, position: 4 },
  { run: "a", priority: 0, position: 1 },
  { run: "b", priority: 0, position: 2 },
  { run: "low", priority: -1, position: 3 },
];

function moved(run: string, to: { priority?: number; place?: number }): string[] {
  const result = moveInLine(line, run, to);
  const taken = result.toSorted((a, b) => b.priority - a.priority || a.position - b.position);
  expect(taken, "the places say what the order says").toEqual(result);
  expect(result.map(({ position }) => position).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
  return result.map(({ run: id, priority }) => `${id} ${priority}`);
}

test("a run with another priority goes in the order in which it came", () => {
  expect(moved("b", { priority: 2 })).toEqual(["b 2", "high 2", "a 0", "low -1"]);
  expect(moved("a", { priority: -5 })).toEqual(["high 2", "b 0", "low -1", "a -5"]);
});

test("a run is put at a place and gets the priority that goes with it", () => {
  expect(moved("b", { place: 1 })).toEqual(["b 2", "high 2", "a 0", "low -1"]);
  expect(moved("high", { place: 3 })).toEqual(["a 0", "b 0", "high 0", "low -1"]);
  expect(moved("a", { place: 3 })).toEqual(["high 2", "b 0", "a 0", "low -1"]);
  expect(moved("high", { place: 99 })).toEqual(["a 0", "b 0", "low -1", "high -1"]);
  expect(moved("low", { place: 1, priority: 9 })).toEqual(["low 9", "high 2", "a 0", "b 0"]);
});

test("a run that does not wait changes nothing", () => {
  expect(moveInLine(line, "none", { place: 1 })).toBe(line);
});
