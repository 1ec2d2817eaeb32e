import { expect, test } from "vitest";
import { evaluate } from "./arithmetic.ts";

test.each([
  ["512*2", 1024],
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["-4", -4],
  ["2^3^2", 512],
  ["0,5", 0.5],
  ["1e3", 1000],
  [".25*4", 1],
  ["7 % 4", 3],
  ["--3", 3],
])("%s is %d", (text, value) => expect(evaluate(text)).toBe(value));

test.each(["", " ", "abc", "1+", "(1", "1/0", "2 3", "alert(1)", "1..2"])("%s is no number", (text) =>
  expect(evaluate(text)).toBeUndefined(),
);
