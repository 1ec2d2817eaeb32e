import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import polygon from "./polygon.ts";

const image = noise(6, 4);
const draw = async (inputs: Record<string, unknown>) => {
  const { outputs, logs } = await testNode(polygon, { image, ...inputs });
  return { mask: outputs.mask as MaskValue, logs };
};
const rectangle = [
  [1, 1],
  [4, 1],
  [4, 3],
  [1, 3],
];

test("a polygon along pixel borders selects exactly the pixels inside", async () => {
  const { mask } = await draw({ points: rectangle });
  const expected = [0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0];
  expect([...mask.data]).toEqual(expected);
});

test("invert selects what is outside", async () => {
  const { mask } = await draw({ points: rectangle, invert: true });
  expect(mask.data.filter((sample) => sample === 255)).toHaveLength(24 - 6);
});

test("a polygon outside the picture is drawn empty, with a warning", async () => {
  const { logs } = await draw({ points: rectangle.map(([x, y]) => [x! + 100, y]) });
  expect(logs).toHaveLength(1);
});

test("two points are no polygon", async () => {
  await expect(draw({ points: rectangle.slice(0, 2) })).rejects.toMatchObject({ data: { code: "input.range" } });
});
