import { expect, test } from "vitest";
import { checkValue } from "./check-value.ts";
import type { ValueSchema } from "./value-schema.ts";

const codes = (schema: ValueSchema, value: unknown, origin: "literal" | "value" = "literal") =>
  checkValue(schema, value, origin).map(({ code }) => code);

test("a number out of its range says which range", () => {
  expect(checkValue({ type: "integer", min: 0, max: 512 }, 900, "literal")).toEqual([
    {
      code: "input.range",
      path: [],
      expected: "integer from 0 to 512",
      received: "the number 900",
      suggestion: "The highest is 512.",
    },
  ]);
});

test("an exclusive bound excludes itself", () => {
  expect(codes({ type: "number", exclusiveMin: 0 }, 0)).toEqual(["input.range"]);
  expect(codes({ type: "number", exclusiveMin: 0 }, 0.001)).toEqual([]);
});

test("steps tolerate the rounding of binary fractions", () => {
  expect(codes({ type: "number", multipleOf: 0.1 }, 0.3)).toEqual([]);
  expect(codes({ type: "number", multipleOf: 0.1 }, 0.35)).toEqual(["input.range"]);
});

test("a number in quotes is refused with the way to write it", () => {
  expect(checkValue({ type: "number" }, "5", "literal")[0]?.suggestion).toBe("Write 5 without quotes.");
});

test("a text's length counts code points, as in JSON Schema", () => {
  expect(codes({ type: "string", maxLength: 2 }, "🍏🍎")).toEqual([]);
  expect(codes({ type: "string", minLength: 2 }, "🍏")).toEqual(["input.pattern"]);
});

test("a misspelt choice suggests the nearest", () => {
  expect(checkValue({ type: "enum", values: ["jpeg", "png"] }, "jpg", "literal")[0]?.suggestion).toBe(
    "Did you mean `jpeg`?",
  );
});

test("a handle cannot be written as a literal, whatever it looks like", () => {
  const image = { kind: "image", width: 1, height: 1, channels: 1, depth: "u8", data: [0] };
  expect(codes({ type: "socket", name: "image" }, image, "literal")).toEqual(["input.needs-link"]);
  expect(codes({ type: "socket", name: "image" }, image, "value")).toEqual([]);
});

test("a union reports the option that came closest", () => {
  const schema: ValueSchema = { type: "union", options: [{ type: "integer", max: 5 }, { type: "boolean" }] };
  expect(codes(schema, 9)).toEqual(["input.range"]);
  expect(codes(schema, "x")).toEqual(["input.type"]);
});

test("items of a list are checked each in its place", () => {
  const schema: ValueSchema = {
    type: "list",
    items: { type: "tuple", items: [{ type: "number" }, { type: "number" }] },
  };
  expect(checkValue(schema, [[1, 2], [3]], "literal").map(({ path }) => path)).toEqual([[1]]);
});

test("an object's surplus and absent fields are both named", () => {
  const schema: ValueSchema = {
    type: "object",
    fields: { path: { type: "string" }, scale: { type: "number" } },
    optional: ["scale"],
  };
  expect(checkValue(schema, { pth: "x" }, "literal").map(({ code, path }) => [code, ...path])).toEqual([
    ["input.unknown", "pth"],
    ["input.missing", "path"],
  ]);
});
