import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { noise } from "../../test/pictures.ts";
import ellipse from "./ellipse.ts";

const image = noise(40, 30);
const draw = async (inputs: Record<string, unknown>) => {
  const { outputs, logs } = await testNode(ellipse, { image, cx: 20, cy: 15, rx: 10, ry: 5, ...inputs });
  return { mask: outputs.mask as MaskValue, logs };
};

test("the mask has the image's size, 255 inside and 0 outside", async () => {
  const { mask, logs } = await draw({});
  expect(mask).toMatchObject({ width: 40, height: 30 });
  expect(mask.data[15 * 40 + 20]).toBe(255);
  expect(mask.data[0]).toBe(0);
  expect(logs).toEqual([]);
});

test("the selected area is π · rx · ry", async () => {
  const area = (await draw({})).mask.data.reduce((sum, sample) => sum + sample / 255, 0);
  expect(area / (Math.PI * 10 * 5)).toBeCloseTo(1, 2);
});

test("without a smooth edge every sample is 0 or 255", async () => {
  const { mask } = await draw({ antialias: false, cx: 20.3 });
  expect(new Set(mask.data)).toEqual(new Set([0, 255]));
});

test("invert selects what is outside", async () => {
  const plain = (await draw({})).mask;
  const inverted = (await draw({ invert: true })).mask;
  expect([...inverted.data]).toEqual(Array.from(plain.data, (sample) => 255 - sample));
});

test("a shape outside the picture is drawn empty, with a warning", async () => {
  const { mask, logs } = await draw({ cx: 500 });
  expect(mask.data.every((sample) => sample === 0)).toBe(true);
  expect(logs).toEqual(["The shape lies outside the picture of 40 × 30 pixels."]);
});

test("a negative radius is refused", async () => {
  await expect(draw({ rx: -1 })).rejects.toMatchObject({ data: { code: "input.range", input: "rx" } });
});
