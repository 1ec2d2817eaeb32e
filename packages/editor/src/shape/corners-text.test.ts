import { expect, test } from "vitest";
import { readCorners, writeCorners } from "./corners-text.ts";

test("what is written is read again", () => {
  const corners = [
    [10, 20],
    [30.5, -4],
  ] as const;
  expect(readCorners(writeCorners(corners))).toEqual(corners);
});

test.each([
  ["", []],
  [
    "1 2\n3 4",
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    "[[1, 2], [3.5, 4]]",
    [
      [1, 2],
      [3.5, 4],
    ],
  ],
  [
    "(1;2) (3;4)",
    [
      [1, 2],
      [3, 4],
    ],
  ],
])("%j is read", (text, corners) => expect(readCorners(text)).toEqual(corners));

test.each(["1", "1, 2, 3", "a, b", "1px 2px"])("%j is no outline", (text) => expect(readCorners(text)).toBeUndefined());
