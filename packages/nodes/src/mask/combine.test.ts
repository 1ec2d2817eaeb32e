import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import combine from "./combine.ts";

const a = maskOf(4, 1, (x) => [0, 0, 200, 255][x]!);
const b = maskOf(4, 1, (x) => [0, 255, 100, 255][x]!);

test.each([
  ["union", [0, 255, 200, 255]],
  ["intersect", [0, 0, 100, 255]],
  ["subtract", [0, 0, 155, 0]],
  ["xor", [0, 255, 155, 0]],
] as const)("two masks become one: %s", async (operation, expected) => {
  const { outputs } = await testNode(combine, { a, b, operation });
  expect([...(outputs.mask as MaskValue).data]).toEqual(expected);
});

test("masks of different sizes are refused with both sizes", async () => {
  const combined = testNode(combine, { a, b: maskOf(2, 2, () => 0) });
  await expect(combined).rejects.toMatchObject({
    data: { code: "mask.size-mismatch", input: "b", received: "2 × 2 pixels" },
  });
});
