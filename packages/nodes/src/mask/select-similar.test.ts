import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { applyEdit } from "@inlay/raster";
import { expect, test } from "vitest";
import { noise, smooth } from "../../test/pictures.ts";
import fromColor from "./from-color.ts";
import { selectSimilar } from "./select-similar.ts";

test.each([
  ["a photograph, what is connected", smooth(40, 30), 24, true],
  ["a photograph, everything of the colour", smooth(40, 30), 24, false],
  ["grey of 16 bits", noise(20, 20, 1, "u16"), 90, true],
  ["noise with alpha", noise(20, 20, 4), 120, false],
])("the spans are what the node selects: %s", async (_name, image, tolerance, contiguous) => {
  const spans = await selectSimilar(image, { point: [7, 5], tolerance, contiguous });
  const data = new Uint8Array(image.width * image.height);
  applyEdit({ width: image.width, height: image.height, data }, { tool: "wand", mode: "add", spans });
  const { outputs } = await testNode(fromColor, { image, point: [7, 5], tolerance, contiguous });
  expect(data).toEqual((outputs.mask as MaskValue).data);
  expect(data[5 * image.width + 7]).toBe(255);
});

test("a point beside the picture is refused", async () => {
  await expect(selectSimilar(noise(4, 4), { point: [4, 0], tolerance: 0, contiguous: true })).rejects.toMatchObject({
    data: { code: "input.point" },
  });
});
