import { expect, test } from "vitest";
import { printable } from "./printable.ts";

test("what people write stays as it is", () => {
  expect(printable("naïve 写真 👩‍🍳 می‌خواهم – `a\\b`")).toBe("naïve 写真 👩‍🍳 می‌خواهم – `a\\b`");
});

test.each([
  ["\u001b[2J", "\\u001b[2J"],
  ["\u009b31m", "\\u009b31m"],
  ["a\r\nb", "a\\u000d\\u000ab"],
  ["cup\u202egnp.exe", "cup\\u202egnp.exe"],
  ["\ud800", "\\ud800"],
])("%j is shown as an escape", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("a very long text is cut", () => {
  expect(printable("x".repeat(100_000))).toHaveLength(2001);
});
