import { expect, test } from "vitest";
import { suggestName } from "./suggest.ts";

test.each([
  ["promt", "prompt"],
  ["imgae", "image"],
  ["PROMPT", "prompt"],
  ["seeed", "seed"],
])("%s is near %s", (word, meant) => {
  expect(suggestName(word, ["image", "mask", "prompt", "seed"])).toBe(meant);
});

test("nothing is suggested when nothing is near", () => {
  expect(suggestName("strength", ["image", "mask"])).toBeUndefined();
  expect(suggestName("x".repeat(10_000), ["image"])).toBeUndefined();
});
