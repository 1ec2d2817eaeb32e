import type { MaskValue } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { maskOf } from "../../test/pictures.ts";
import threshold from "./threshold.ts";

const mask = maskOf(4, 1, (x) => [0, 1, 128, 255][x]!);
const harden = async (inputs: Record<string, unknown>) => {
  const { outputs } = await testNode(threshold, { mask, ...inputs });
  return [...(outputs.mask as MaskValue).data];
};

test("a sample at the level is selected, one below is not", async () => {
  expect(await harden({})).toEqual([0, 0, 255, 255]);
  expect(await harden({ level: 129 })).toEqual([0, 0, 0, 255]);
});

test("level 1 selects everything above 0", async () => {
  expect(await harden({ level: 1 })).toEqual([0, 255, 255, 255]);
});

test("level 0, which would select everything, is refused", async () => {
  await expect(harden({ level: 0 })).rejects.toMatchObject({ data: { code: "input.range", input: "level" } });
});
