import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import bounds from "./bounds.ts";

const mask = maskOf(10, 8, (x, y) => (x >= 2 && x < 5 && y === 6 ? 255 : 0));
const measure = async (inputs: Record<string, unknown>) => (await testNode(bounds, { mask, ...inputs })).outputs;

test("the rectangle holds what is selected and no more", async () => {
  expect(await measure({})).toEqual({ x: 2, y: 6, width: 3, height: 1 });
});

test("padding widens it as far as the picture reaches", async () => {
  expect(await measure({ padding: 1 })).toEqual({ x: 1, y: 5, width: 5, height: 3 });
  expect(await measure({ padding: 100 })).toEqual({ x: 0, y: 0, width: 10, height: 8 });
});

test("the faintest sample counts", async () => {
  const faint = maskOf(10, 8, (x, y) => (x === 9 && y === 0 ? 1 : 0));
  expect(await measure({ mask: faint })).toEqual({ x: 9, y: 0, width: 1, height: 1 });
});

test("a mask that selects nothing is refused", async () => {
  await expect(measure({ mask: maskOf(3, 3, () => 0) })).rejects.toMatchObject({
    data: { code: "mask.empty", input: "mask" },
  });
});
