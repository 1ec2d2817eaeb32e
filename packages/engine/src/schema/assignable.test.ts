import { expect, test } from "vitest";
import { assignable } from "./assignable.ts";
import type { ValueSchema } from "./value-schema.ts";

const image: ValueSchema = { type: "socket", name: "image" };
const mask: ValueSchema = { type: "socket", name: "mask" };
const integer: ValueSchema = { type: "integer" };
const number: ValueSchema = { type: "number" };
const text: ValueSchema = { type: "string" };

test.each<[string, ValueSchema, ValueSchema, boolean]>([
  ["an image feeds an image", image, image, true],
  ["a mask is not an image", mask, image, false],
  ["an integer feeds a number", integer, number, true],
  ["a number does not feed an integer", number, integer, false],
  ["ranges are checked when the value arrives", { type: "integer", max: 9 }, { type: "integer", max: 5 }, true],
  ["a text may feed a choice", text, { type: "enum", values: ["a", "b"] }, true],
  ["a choice of numbers does not take a text", text, { type: "enum", values: [1, 2] }, false],
  ["a union takes what one of its options takes", image, { type: "union", options: [mask, image] }, true],
  ["JSON takes every JSON value", { type: "list", items: integer }, { type: "json" }, true],
  ["JSON does not take pixels", { type: "list", items: image }, { type: "json" }, false],
  ["a list does not feed one value", { type: "list", items: image }, image, false],
  ["lists fit when their items fit", { type: "list", items: integer }, { type: "list", items: number }, true],
])("%s", (_name, from, to, expected) => {
  expect(assignable(from, to)).toBe(expected);
});
