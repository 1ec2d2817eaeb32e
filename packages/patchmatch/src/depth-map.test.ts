import { expect, test } from "vitest";
import { depthMap } from "./depth-map.ts";

test("depth counts the steps to the nearest known pixel, diagonals included", () => {
  const hole = Uint8Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  expect([...depthMap({ width: 4, height: 3, channels: 1, data: hole, hole })]).toEqual([
    3, 2, 2, 2, 3, 2, 1, 1, 3, 2, 1, 0,
  ]);
});
