import { expect, test } from "vitest";
import { patchGrid } from "./patch-grid.ts";

function picture(width: number, height: number, holes: readonly number[]) {
  const hole = new Uint8Array(width * height);
  for (const at of holes) hole[at] = 1;
  return { width, height, channels: 1, data: new Uint8Array(width * height), hole };
}

test("every place of a patch is a source or, when it touches the hole, a target", () => {
  const grid = patchGrid(picture(5, 3, [4]), 3);
  expect(grid).toMatchObject({ size: 3, columns: 3, rows: 1 });
  expect([...(grid?.sources ?? [])]).toEqual([0, 1]);
  expect([...(grid?.targets ?? [])]).toEqual([2]);
});

test("patches shrink until a source is left", () => {
  const grid = patchGrid(picture(5, 3, [2, 7, 12]), 3);
  expect(grid?.size).toBe(2);
  expect([...(grid?.sources ?? [])]).toEqual([0, 3, 5, 8]);
});

test("a patch is never larger than the picture", () => {
  expect(patchGrid(picture(9, 2, [17]), 7)?.size).toBe(2);
});

test("a picture that is all hole has no grid", () => {
  expect(patchGrid(picture(2, 1, [0, 1]), 7)).toBeUndefined();
});
