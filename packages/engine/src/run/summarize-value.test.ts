import { expect, test } from "vitest";
import { summarizeValue } from "./summarize-value.ts";

const data = new Uint8Array(12);

test.each([
  [
    "an image",
    { kind: "image", width: 2, height: 2, channels: 3, depth: "u8", data },
    { type: "image", width: 2, height: 2, channels: 3, depth: "u8" },
  ],
  ["a mask", { kind: "mask", width: 4, height: 3, data }, { type: "mask", width: 4, height: 3 }],
  [
    "a file",
    { kind: "file", name: "a.png", sha256: "ab", size: 3 },
    { type: "file", name: "a.png", sha256: "ab", size: 3 },
  ],
  ["a list", [1, 2, 3], { type: "list", length: 3 }],
  ["a number", 5, 5],
  ["null", null, null],
  ["nothing", undefined, null],
  ["a short text", "cup", "cup"],
  ["a small object", { a: 1 }, { a: 1 }],
])("%s", (_what, value, summary) => {
  expect(summarizeValue(value)).toEqual(summary);
});

test("a long text or object is cut at 200 characters", () => {
  expect(summarizeValue("x".repeat(500))).toBe(`${"x".repeat(199)}…`);
  expect(summarizeValue({ text: "x".repeat(500) })).toHaveLength(200);
});
