import { expect, test } from "vitest";
import type { MaskValue } from "@inlay/engine";
import { pinnedOutputs, type PinTools } from "./pinned-outputs.ts";

const tools: PinTools = {
  pictures: { decode: () => expect.unreachable(), encode: async ({ data }) => Uint8Array.from(data) },
  readFile: async () => Uint8Array.of(1, 2),
};
const mask: MaskValue = { kind: "mask", width: 1, height: 1, data: Uint8Array.of(9) };

test("pixels and files become assets, JSON stays, lists item by item; one content is one file", async () => {
  const file = { kind: "file", name: "a.txt", sha256: "0".repeat(64), size: 2 } as const;
  const { pinned, files } = await pinnedOutputs("n", { mask, masks: [mask, mask], text: { a: [1] }, file }, tools);
  expect(files.map(({ asset }) => asset)).toEqual([
    { name: "n-masks-2.png", mime: "image/png;inlay=mask", size: 1 },
    { name: "a.txt", mime: "application/octet-stream", size: 2 },
  ]);
  const [of, other] = files.map(({ sha256 }) => ({ $asset: sha256 }));
  expect(pinned).toEqual({ mask: of, masks: [of, of], text: { a: [1] }, file: other });
});

test.each([[{ $link: 1 }], [{ a: [{ $x: 1 }] }], [Number.NaN], [{ a: undefined }], [new Map()]])(
  "%o cannot stand in a file",
  async (value) => {
    await expect(pinnedOutputs("n", { value }, tools)).rejects.toMatchObject({
      data: { code: "pin.unstorable", node: "n" },
    });
  },
);
