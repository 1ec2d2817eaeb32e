import type { ImageValue, MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { convertDepth } from "../pixels/convert-depth.ts";
import { noise } from "../../test/pictures.ts";
import fromColor from "./from-color.ts";

/** Red, nearly red, blue, red. */
const data = Uint8Array.of(200, 0, 0, 190, 5, 10, 0, 0, 200, 200, 0, 0);
const image: ImageValue = { ...noise(4, 1), data };
const select = async (inputs: Record<string, unknown>) => {
  const { outputs, logs } = await testNode(fromColor, { image, ...inputs });
  return { data: [...(outputs.mask as MaskValue).data], logs };
};

test("a colour is selected wherever it is, within the tolerance", async () => {
  expect((await select({ color: "#c80000" })).data).toEqual([255, 255, 0, 255]);
  expect((await select({ color: "#c80000", tolerance: 9 })).data).toEqual([255, 0, 0, 255]);
  expect((await select({ color: "#C80000", tolerance: 10 })).data).toEqual([255, 255, 0, 255]);
});

test("from a point, its colour is selected as far as it is connected", async () => {
  expect((await select({ point: [0, 0] })).data).toEqual([255, 255, 0, 0]);
  expect((await select({ point: [0, 0], contiguous: false })).data).toEqual([255, 255, 0, 255]);
});

test("a colour and a point select the connected area of that colour", async () => {
  expect((await select({ color: "#c80000", point: [3, 0] })).data).toEqual([0, 0, 0, 255]);
});

test.each(["u8", "u16", "f32"] as const)("a tolerance of 0 takes exactly the colour: %s", async (depth) => {
  const deep = convertDepth(image, depth);
  expect((await select({ image: deep, color: "#c80000", tolerance: 0 })).data).toEqual([255, 0, 0, 255]);
  expect((await select({ image: deep, point: [1, 0], tolerance: 0 })).data).toEqual([0, 255, 0, 0]);
});

test("a grey picture is compared with all three colours", async () => {
  const grey: ImageValue = { ...noise(2, 1, 1), data: Uint8Array.of(10, 200) };
  expect((await select({ image: grey, color: "#0a0a0a", tolerance: 0 })).data).toEqual([255, 0]);
});

test("a colour that is nowhere selects nothing, with a warning", async () => {
  expect(await select({ color: "#00ff00" })).toEqual({
    data: [0, 0, 0, 0],
    logs: ["No pixel has the colour, so nothing is selected."],
  });
});

test("neither colour nor point, and a point outside, are refused", async () => {
  await expect(select({})).rejects.toMatchObject({ data: { code: "input.color", input: "color" } });
  await expect(select({ point: [4, 0] })).rejects.toMatchObject({ data: { code: "input.point", received: "(4, 0)" } });
});
