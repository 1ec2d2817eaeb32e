import { expect, test } from "vitest";
import { z } from "zod";
import { defineNode, type NodeDefinition } from "../node/define-node.ts";
import { Mask } from "../node/sockets.ts";
import type { MaskValue } from "../values/image.ts";
import { testNode } from "./test-node.ts";

const mask = (): MaskValue => ({ kind: "mask", width: 2, height: 1, data: Uint8Array.of(1, 2) });

type Run = (inputs: { readonly mask: MaskValue; readonly by: number }) => { readonly mask: MaskValue };

const node = (run: Run): NodeDefinition =>
  defineNode({
    type: "test/shift",
    version: 1,
    title: "Shift",
    category: "Test",
    description: "Shifts.",
    inputs: { mask: Mask, by: z.int().min(0).max(9).default(3) },
    outputs: { mask: Mask },
    run,
  });

test("defaults are filled in and outputs given back", async () => {
  const shift = node(({ mask: { data, ...rest }, by }) => ({ mask: { ...rest, data: data.map((s) => s + by) } }));
  const { outputs } = await testNode(shift, { mask: mask() });
  expect(outputs["mask"]).toMatchObject({ data: Uint8Array.of(4, 5) });
});

test("a node that writes to its inputs fails", async () => {
  const writer = node(({ mask: given }) => {
    given.data.fill(0);
    return { mask: given };
  });
  await expect(testNode(writer, { mask: mask() })).rejects.toThrow("test/shift wrote to its inputs");
});

test.each([
  [{ mask: mask(), by: 10 }, "input.range"],
  [{ mask: 7 }, "input.type"],
])("an input that does not fit is refused with its code", async (inputs, code) => {
  await expect(
    testNode(
      node(({ mask: given }) => ({ mask: given })),
      inputs,
    ),
  ).rejects.toMatchObject({ code });
});

test("an input that the node does not have is refused", async () => {
  const same = node(({ mask: given }) => ({ mask: given }));
  await expect(testNode(same, { mask: mask(), radius: 1 })).rejects.toThrow("has no input radius");
});

test("outputs that are absent, surplus or of another type are refused", async () => {
  const giving = (outputs: object) =>
    testNode(
      node(() => outputs as { mask: MaskValue }),
      { mask: mask() },
    );
  await expect(giving({})).rejects.toThrow("test/shift.mask: expected mask, received nothing");
  await expect(giving({ mask: mask(), more: 1 })).rejects.toThrow("an output more that it does not declare");
});
