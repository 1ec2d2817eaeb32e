import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import shrink from "./shrink.ts";

const narrow = async (mask: MaskValue, inputs: Record<string, unknown>) =>
  (await testNode(shrink, { mask, ...inputs })).outputs.mask as MaskValue;

test("a square loses its edge on every side", async () => {
  const square = maskOf(8, 8, (x, y) => (x > 0 && x < 7 && y > 0 && y < 7 ? 255 : 0));
  const expected = maskOf(8, 8, (x, y) => (x > 2 && x < 5 && y > 2 && y < 5 ? 255 : 0));
  expect(await narrow(square, { radius: 2 })).toEqual(expected);
});

test("a selection stays at the picture's border", async () => {
  const left = maskOf(6, 2, (x) => (x < 4 ? 255 : 0));
  expect(await narrow(left, { radius: 3 })).toEqual(maskOf(6, 2, (x) => (x < 1 ? 255 : 0)));
});

test("a distance of 0 gives an equal mask", async () => {
  const soft = maskOf(16, 1, (x) => 17 * x);
  expect(await narrow(soft, { radius: 0 })).toEqual(soft);
});
