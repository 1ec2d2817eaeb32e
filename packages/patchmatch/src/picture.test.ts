import { expect, test } from "vitest";
import { halve } from "./picture.ts";

test("a pixel of half the size is the mean of the known pixels it stands for", () => {
  const half = halve({
    width: 3,
    height: 2,
    channels: 1,
    data: Uint8Array.from([10, 200, 7, 20, 30, 9]),
    hole: Uint8Array.from([0, 1, 0, 0, 0, 0]),
  });
  expect(half).toMatchObject({ width: 2, height: 1 });
  expect([...half.data]).toEqual([20, 8]);
  expect([...half.hole]).toEqual([0, 0]);
});

test("a pixel with fewer than two known pixels of four is hole", () => {
  const half = halve({
    width: 4,
    height: 2,
    channels: 1,
    data: new Uint8Array(8).fill(5),
    hole: Uint8Array.from([1, 1, 1, 0, 1, 0, 1, 0]),
  });
  expect([...half.hole]).toEqual([1, 0]);
});
