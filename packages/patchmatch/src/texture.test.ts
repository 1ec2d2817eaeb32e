import { expect, test } from "vitest";
import { withTexture } from "./texture.ts";

test("two channels hold the larger step of brightness along x and y, four times, and none to the hole", () => {
  const picture = {
    width: 3,
    height: 2,
    channels: 1,
    data: Uint8Array.from([10, 13, 200, 20, 0, 100]),
    hole: Uint8Array.from([0, 0, 0, 0, 1, 0]),
  };
  const { channels, data } = withTexture(picture);
  expect(channels).toBe(3);
  expect(Array.from({ length: 6 }, (_, at) => [...data.subarray(at * 3, at * 3 + 3)])).toEqual([
    [10, 12, 40],
    [13, 255, 0],
    [200, 255, 255],
    [20, 0, 40],
    [0, 0, 0],
    [100, 0, 255],
  ]);
});
