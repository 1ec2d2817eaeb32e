import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pacedWrites } from "./paced-writes.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first text goes out at once, what follows soon is written together and in order", () => {
  const written: string[] = [];
  const paced = pacedWrites((text) => written.push(text), 50);
  for (const text of ["a", "b", "c"]) paced.add(text);
  expect(written).toEqual(["a"]);
  vi.advanceTimersByTime(50);
  paced.add("d");
  expect(written).toEqual(["a", "bc"]);
  vi.advanceTimersByTime(100);
  expect(written).toEqual(["a", "bc", "d"]);
});

test("after a rest a text goes out at once again", () => {
  const written: string[] = [];
  const paced = pacedWrites((text) => written.push(text), 50);
  paced.add("a");
  vi.advanceTimersByTime(50);
  paced.add("b");
  expect(written).toEqual(["a", "b"]);
});

test("what was gathered can be written before the end, and nothing is written after it", () => {
  const written: string[] = [];
  const paced = pacedWrites((text) => written.push(text), 50);
  for (const text of ["a", "b"]) paced.add(text);
  paced.flush();
  paced.add("c");
  paced.close();
  paced.add("d");
  vi.advanceTimersByTime(200);
  expect(written).toEqual(["a", "b"]);
});
