import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import fillHoles from "./fill-holes.ts";

const fill = async (mask: MaskValue) => (await testNode(fillHoles, { mask })).outputs.mask as MaskValue;
const isRing = (x: number, y: number) => Math.max(Math.abs(x - 4), Math.abs(y - 4)) === 2;

test("the inside of a ring is selected", async () => {
  const ring = maskOf(9, 9, (x, y) => (isRing(x, y) ? 255 : 0));
  const disc = maskOf(9, 9, (x, y) => (Math.max(Math.abs(x - 4), Math.abs(y - 4)) <= 2 ? 255 : 0));
  expect(await fill(ring)).toEqual(disc);
});

test("a ring with a gap stays as it is", async () => {
  const open = maskOf(9, 9, (x, y) => (isRing(x, y) && x !== 4 ? 255 : 0));
  expect(await fill(open)).toEqual(open);
});

test("a large mask is filled in slices", async () => {
  const ring = maskOf(1500, 1500, (x, y) => (Math.abs(Math.hypot(x - 750, y - 750) - 600) < 2 ? 255 : 0));
  const { data } = await fill(ring);
  expect(data[750 * 1500 + 750]).toBe(255);
  expect(data[0]).toBe(0);
});
