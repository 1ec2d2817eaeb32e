import { expect, test } from "vitest";
import { planFit, type FitRequest } from "./fit-size.ts";

const source = { width: 400, height: 200 };
const plan = (request: Partial<FitRequest>) =>
  planFit(source, { fit: "inside", withoutEnlargement: false, ...request });
const size = (width: number, height: number) => ({ width, height });

test("one side gives the other by the picture's shape", () => {
  expect(plan({ width: 100 }).canvas).toEqual(size(100, 50));
  expect(plan({ height: 100, fit: "fill" }).canvas).toEqual(size(200, 100));
});

test.each([
  ["fill", size(100, 100), size(100, 100)],
  ["inside", size(100, 50), size(100, 50)],
  ["outside", size(200, 100), size(200, 100)],
  ["cover", size(200, 100), size(100, 100)],
  ["contain", size(100, 50), size(100, 100)],
] as const)("%s scales to its size and makes its canvas", (fit, scaled, canvas) => {
  expect(plan({ width: 100, height: 100, fit })).toMatchObject({ scaled, canvas });
});

test("cover keeps the middle", () => {
  expect(plan({ width: 100, height: 100, fit: "cover" }).window).toEqual({ left: 50, top: 0, ...size(100, 100) });
});

test.each([
  ["fill", size(400, 100)],
  ["inside", size(200, 100)],
  ["outside", source],
  ["cover", size(400, 100)],
  ["contain", size(800, 100)],
] as const)("without enlargement the picture is never scaled up: %s", (fit, canvas) => {
  expect(plan({ width: 800, height: 100, fit, withoutEnlargement: true }).canvas).toEqual(canvas);
});

test("a side is never less than one pixel", () => {
  expect(planFit(size(1000, 1), { width: 10, fit: "inside", withoutEnlargement: false }).scaled).toEqual(size(10, 1));
});

test("a result that is too large is refused", () => {
  expect(() => plan({ height: 20_000 })).toThrow(expect.objectContaining({ code: "image.too-large" }));
});
