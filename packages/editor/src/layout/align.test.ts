import { expect, test } from "vitest";
import { align, distribute } from "./align.ts";

const boxes = new Map([
  ["a", { x: 0, y: 10, w: 100, h: 50 }],
  ["b", { x: 130, y: 0, w: 50, h: 80 }],
  ["c", { x: 300, y: 40, w: 100, h: 20 }],
]);

test("boxes are put in line with the outermost", () => {
  expect([...align(boxes, "top").values()].map(({ y }) => y)).toEqual([0, 0, 0]);
  expect([...align(boxes, "bottom").values()].map(({ y }) => y)).toEqual([30, 0, 60]);
  expect([...align(boxes, "right").values()].map(({ x }) => x)).toEqual([300, 350, 300]);
});

test("gaps become equal, and the outermost stay", () => {
  expect([...distribute(boxes, "x")].map(([id, { x }]) => [id, x])).toEqual([
    ["a", 0],
    ["b", 175],
    ["c", 300],
  ]);
});

test("two boxes have nothing between them to distribute", () => {
  expect(distribute(new Map([...boxes].slice(0, 2)), "x").size).toBe(0);
});
