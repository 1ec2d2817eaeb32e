import { expect, test } from "vitest";
import { describeValue } from "./describe-schema.ts";

test.each([
  [undefined, "nothing"],
  [null, "null"],
  [true, "true"],
  [1.5, "the number 1.5"],
  [Number.NaN, "the number NaN"],
  ["a\nb", 'the string "a\\nb"'],
  [[1, [2], "x"], 'the list [1,[2],"x"]'],
  [{ a: { b: [] } }, 'the object {"a":{"b":[]}}'],
])("%j is described as what it is", (value, words) => {
  expect(describeValue(value)).toBe(words);
});

test("a long value is cut", () => {
  expect(describeValue("x".repeat(1000))).toBe(`the string "${"x".repeat(56)}…`);
});

test("an object that holds itself is cut like a long one", () => {
  const circle: Record<string, unknown> = {};
  circle["again"] = circle;
  expect(describeValue(circle)).toBe(`the object ${`{"again":`.repeat(7).slice(0, 57)}…`);
});

test("a big integer, which JSON cannot hold, is described too", () => {
  expect(describeValue(12n)).toBe("the bigint 12");
});

test("the samples of an image are left out, so that its size does not matter", () => {
  const image = { kind: "image", data: new Uint8Array(3) };
  expect(describeValue(image)).toBe('the object {"kind":"image","data":[…]}');
});
