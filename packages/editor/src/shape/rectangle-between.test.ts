import { expect, test } from "vitest";
import { between, inShape } from "./rectangle-between.ts";

const from = { x: 100, y: 100 };

test("a rectangle lies between its corners, whichever was drawn first", () => {
  const rectangle = { x: 40, y: 100, width: 60, height: 30 };
  expect(between(from, { x: 40, y: 130 }, undefined)).toEqual(rectangle);
  expect(between({ x: 40, y: 130 }, from, undefined)).toEqual(rectangle);
});

test("one that keeps its shape reaches as far as the pointer, and stays at its first corner", () => {
  expect(between(from, { x: 140, y: 110 }, 2)).toEqual({ x: 100, y: 100, width: 40, height: 20 });
  expect(between(from, { x: 90, y: 60 }, 2)).toEqual({ x: 20, y: 60, width: 80, height: 40 });
});

test("a corner that is moved along one axis takes the other axis along", () => {
  expect(inShape(from, { x: 130, y: 120 }, { shape: 2, isAcross: true })).toEqual({ x: 130, y: 115 });
  expect(inShape(from, { x: 130, y: 120 }, { shape: 2, isAcross: false })).toEqual({ x: 140, y: 120 });
  expect(inShape(from, { x: 130, y: 120 }, { shape: undefined, isAcross: true })).toEqual({ x: 130, y: 120 });
});
