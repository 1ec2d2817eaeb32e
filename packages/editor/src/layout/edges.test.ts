import { expect, test } from "vitest";
import { directionOf, edgesAt, pulled } from "./edges.ts";

const box = { x: 100, y: 100, w: 200, h: 100 };
const least = { w: 80, h: 40 };

test("a point is on the edge that it is near, from inside and outside, and on a corner from farther", () => {
  expect(edgesAt(box, { x: 97, y: 150 }, 5)).toEqual({ left: true });
  expect(edgesAt(box, { x: 200, y: 203 }, 5)).toEqual({ bottom: true });
  expect(edgesAt(box, { x: 290, y: 110 }, 5)).toEqual({ right: true, top: true });
  expect([edgesAt(box, { x: 200, y: 150 }, 5), edgesAt(box, { x: 90, y: 150 }, 5)]).toEqual([undefined, undefined]);
});

test("the edges that are not held stay where they are, also when the box cannot become smaller", () => {
  expect(pulled(box, { left: true, top: true }, { x: -20, y: 10 }, least)).toEqual({ x: 80, y: 110, w: 220, h: 90 });
  expect(pulled(box, { left: true, top: true }, { x: 500, y: 500 }, least)).toEqual({ x: 220, y: 160, w: 80, h: 40 });
  expect(pulled(box, { right: true }, { x: 20, y: 30 }, least)).toEqual({ x: 100, y: 100, w: 220, h: 100 });
});

test("opposite corners show the same pointer", () => {
  expect(
    [
      { left: true, top: true },
      { right: true, bottom: true },
    ].map(directionOf),
  ).toEqual(["nwse", "nwse"]);
  expect(
    [
      { right: true, top: true },
      { left: true, bottom: true },
    ].map(directionOf),
  ).toEqual(["nesw", "nesw"]);
});
