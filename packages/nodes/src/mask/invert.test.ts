import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import invert from "./invert.ts";

test("every sample is taken from 255", async () => {
  const mask = maskOf(16, 16, (x, y) => x + 16 * y);
  const inverted = (await testNode(invert, { mask })).outputs.mask as MaskValue;
  expect(inverted).toEqual(maskOf(16, 16, (x, y) => 255 - x - 16 * y));
});
