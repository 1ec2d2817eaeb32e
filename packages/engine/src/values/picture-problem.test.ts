import { expect, test } from "vitest";
import type { ImageValue, MaskValue } from "./image.ts";
import { pictureProblem } from "./picture-problem.ts";

const image: ImageValue = { kind: "image", width: 2, height: 1, channels: 3, depth: "u8", data: new Uint8Array(6) };
const mask: MaskValue = { kind: "mask", width: 2, height: 1, data: new Uint8Array(2) };

test.each([image, mask, { ...image, depth: "f32", data: new Float32Array(6) } as const])(
  "a whole picture has no problem",
  (value) => {
    expect(pictureProblem(value)).toBeUndefined();
  },
);

test.each([
  [{ ...image, width: 2.5 }, "2.5 × 1"],
  [{ ...image, height: 0 }, "2 × 0"],
  [{ ...image, channels: 2 }, "2"],
  [{ ...image, depth: "u32" }, "u32"],
  [{ ...image, depth: "u16" }, "Uint8Array"],
  [{ ...image, data: [1, 2, 3, 4, 5, 6] }, "Array"],
  [{ ...image, data: new Uint8Array(5) }, "5"],
  [{ ...mask, data: new Uint8Array(3) }, "3"],
  [{ ...mask, data: undefined }, "undefined"],
])("what does not go together is told %#", (value, received) => {
  expect(pictureProblem(value as unknown as ImageValue)).toMatchObject({ received });
});
