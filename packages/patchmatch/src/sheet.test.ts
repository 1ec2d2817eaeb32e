import { expect, test } from "vitest";
import { complete, emptySheet, shrink } from "./sheet.ts";

test("one known value spreads over the whole sheet", () => {
  const sheet = emptySheet(4, 4, 1);
  sheet.values[5] = 8;
  sheet.known[5] = 1;
  const half = shrink(sheet);
  complete(half, shrink(half));
  complete(sheet, half);
  expect([...sheet.values]).toEqual(new Array(16).fill(8));
});

test("what is known stays", () => {
  const sheet = emptySheet(2, 1, 2);
  sheet.values.set([1, 2, 7, 9]);
  sheet.known.set([1, 1]);
  const half = shrink(sheet);
  expect([...half.values]).toEqual([4, 5.5]);
  complete(sheet, half);
  expect([...sheet.values]).toEqual([1, 2, 7, 9]);
});
