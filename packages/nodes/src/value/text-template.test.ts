import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import template from "./text-template.ts";

const fill = async (text: string, values: Record<string, unknown> = {}) =>
  (await testNode(template, { template: text, ...values })).outputs.value;

test("placeholders are replaced wherever they stand", async () => {
  expect(await fill("{a} and {b}, {a}", { a: "fog", b: "rain" })).toBe("fog and rain, fog");
});

test("numbers and booleans are written as in JSON", async () => {
  expect(await fill("{a} {b} {c}", { a: 7, b: 0.25, c: false })).toBe("7 0.25 false");
});

test("other braces stay", async () => {
  expect(await fill('{"x": {e}} {A} {}')).toBe('{"x": {e}} {A} {}');
});

test("what is filled in is taken as it is", async () => {
  expect(await fill("{a}{b}", { a: "{b}", b: "$&$1" })).toBe("{b}$&$1");
});

test("a placeholder without a value is refused, a value without a placeholder is not", async () => {
  await expect(fill("{a} {b}", { a: "x" })).rejects.toMatchObject({ data: { code: "input.template", input: "b" } });
  expect(await fill("plain", { d: "unused" })).toBe("plain");
});
