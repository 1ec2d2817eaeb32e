import { expect, test } from "vitest";
import { centred, fitPicture, moveBy, pixelAt, zoomAt } from "./view-port.ts";

const picture = { width: 600, height: 400 };
const stage = { width: 1224, height: 500 };

test("a picture that fits is in the middle, and no pixel of it is outside of the stage", () => {
  const { scale, x, y } = fitPicture(picture, stage);
  expect(scale).toBeCloseTo(476 / 400);
  expect([x + 300 * scale, y + 200 * scale]).toEqual([612, 250]);
  expect(y).toBeGreaterThanOrEqual(0);
});

test("a picture of one pixel is four pixels large, not the stage", () => {
  expect(fitPicture({ width: 1, height: 1 }, stage).scale).toBe(4);
});

test("zooming keeps what is under the pointer", () => {
  const before = fitPicture(picture, stage);
  const at = { x: 700, y: 120 };
  const pixel = pixelAt(before, at, picture);
  expect(pixelAt(zoomAt(before, 7, at, 0.1), at, picture)).toEqual(pixel);
});

test("the scale ends at 64 and at the least", () => {
  const view = centred(picture, stage, 1);
  expect(zoomAt(view, 1000, { x: 0, y: 0 }, 0.5).scale).toBe(64);
  expect(zoomAt(view, 0.001, { x: 0, y: 0 }, 0.5).scale).toBe(0.5);
});

test("a picture cannot be pushed out of the stage", () => {
  const view = centred(picture, stage, 1);
  expect(moveBy(view, -9999, 9999, picture, stage)).toEqual({ scale: 1, x: -560, y: 460 });
});

test("beside the picture there is no pixel", () => {
  const view = centred(picture, stage, 1);
  expect(pixelAt(view, { x: view.x, y: view.y }, picture)).toEqual({ x: 0, y: 0 });
  expect(pixelAt(view, { x: view.x - 1, y: view.y }, picture)).toBeUndefined();
  expect(pixelAt(view, { x: view.x + 600, y: view.y }, picture)).toBeUndefined();
});
