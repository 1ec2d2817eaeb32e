import { expect, test } from "vitest";
import { Fingers } from "./fingers.ts";

test("one finger moves nothing by itself; two scale around the point between them, and move it along", () => {
  const fingers = new Fingers();
  fingers.down(1, { x: 0, y: 0 });
  expect(fingers.move(1, { x: 10, y: 0 })).toBeUndefined();
  fingers.down(2, { x: 20, y: 0 });
  expect(fingers.move(2, { x: 30, y: 0 })).toEqual({ factor: 2, middle: { x: 20, y: 0 }, dx: 5, dy: 0 });
  fingers.up(1);
  expect(fingers.count).toBe(1);
  expect(fingers.move(1, { x: 0, y: 0 })).toBeUndefined();
});
