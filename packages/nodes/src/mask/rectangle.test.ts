import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import rectangle from "./rectangle.ts";

const draw = async (inputs: Record<string, unknown>) => {
  const given = { image: noise(5, 3), x: 1, y: 1, width: 2, height: 1, ...inputs };
  const { outputs, logs } = await testNode(rectangle, given);
  return { data: [...(outputs.mask as MaskValue).data], logs };
};

test("a rectangle along pixel borders selects exactly the pixels inside", async () => {
  expect((await draw({})).data).toEqual([0, 0, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 0, 0, 0]);
});

test("half a pixel is half selected, unless the edge is not smooth", async () => {
  expect((await draw({ width: 1.5 })).data.slice(5, 10)).toEqual([0, 255, 128, 0, 0]);
  expect((await draw({ width: 1.25, antialias: false })).data.slice(5, 10)).toEqual([0, 255, 0, 0, 0]);
});

test("invert selects what is outside", async () => {
  expect((await draw({ invert: true })).data.filter((sample) => sample === 255)).toHaveLength(13);
});

test("a rectangle outside the picture is drawn empty, with a warning", async () => {
  expect((await draw({ x: 9 })).logs).toEqual(["The shape lies outside the picture of 5 × 3 pixels."]);
});

test("a negative width is refused", async () => {
  await expect(draw({ width: -1 })).rejects.toMatchObject({ data: { code: "input.range", input: "width" } });
});
