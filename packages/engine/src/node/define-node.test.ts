import { expect, test } from "vitest";
import { z } from "zod";
import { defineNode } from "./define-node.ts";
import { File, Image, Json, Mask } from "./sockets.ts";

const spec = {
  type: "test/node",
  version: 1,
  title: "Node",
  category: "Test",
  description: "Does a test.",
  outputs: {},
  run: () => ({}),
} as const;

const inputsOf = (inputs: Record<string, z.ZodType>) => defineNode({ ...spec, inputs }).description.inputs;

test("sockets, ranges, defaults and hints become a description", () => {
  const inputs = inputsOf({
    image: Image,
    mask: Mask.optional(),
    source: z.union([File, Image]).meta({ title: "Source" }),
    radius: z.int().min(0).max(512).default(16).meta({ title: "Radius", unit: "px", widget: "slider" }),
    points: z.array(z.tuple([z.number(), z.number()])).min(3),
    mode: z.enum(["add", "subtract"]).default("add"),
    extra: Json.optional(),
  });
  expect(inputs).toEqual({
    image: { schema: { type: "socket", name: "image" }, required: true },
    mask: { schema: { type: "socket", name: "mask" }, required: false },
    source: {
      schema: {
        type: "union",
        options: [
          { type: "socket", name: "file" },
          { type: "socket", name: "image" },
        ],
      },
      required: true,
      title: "Source",
    },
    radius: {
      schema: { type: "integer", min: 0, max: 512 },
      required: false,
      default: 16,
      title: "Radius",
      unit: "px",
      widget: "slider",
    },
    points: {
      schema: { type: "list", items: { type: "tuple", items: [{ type: "number" }, { type: "number" }] }, minItems: 3 },
      required: true,
    },
    mode: { schema: { type: "enum", values: ["add", "subtract"] }, required: false, default: "add" },
    extra: { schema: { type: "json" }, required: false },
  });
});

test(".default() and .optional() do not hide .meta()", () => {
  expect(inputsOf({ a: z.int().meta({ unit: "px" }).default(1) }).a).toMatchObject({ unit: "px", default: 1 });
  expect(inputsOf({ a: z.int().meta({ unit: "px" }).optional() }).a).toMatchObject({ unit: "px", required: false });
});

test.each([
  ["refine", z.string().refine(() => true)],
  ["transform", z.string().transform((text) => text)],
  ["custom", z.custom<string>()],
  ["any", z.any()],
  ["nullable", z.string().nullable()],
  ["trim", z.string().trim()],
  ["url", z.url()],
  ["a list of lists", z.array(z.array(z.int()))],
  ["an inner default", z.tuple([z.int().default(1)])],
])("what data cannot say is refused: %s", (_name, schema) => {
  expect(() => inputsOf({ a: schema })).toThrow(/cannot be described/);
});

test("a default outside its own range is refused", () => {
  expect(() => inputsOf({ a: z.int().max(3).default(4) })).toThrow(
    "the default is the number 4, not integer of at most 3",
  );
});

test.each([0, -1, Number.NaN, Infinity, 86_401])("a timeout of %s seconds is refused", (timeout) => {
  expect(() => defineNode({ ...spec, inputs: {}, timeout })).toThrow("more than 0 and at most 86400 seconds");
});

test("a type without a family is refused", () => {
  expect(() => defineNode({ ...spec, type: "Feather", inputs: {} })).toThrow("family/name");
});

test("lazy inputs are marked in the description, and come with needs()", () => {
  const lazy = { ...spec, inputs: { a: z.int().optional(), b: z.int() }, lazy: ["a"] } as const;
  const { description } = defineNode({ ...lazy, needs: () => [] });
  expect([description.isLazy, description.inputs.a?.lazy, description.inputs.b?.lazy]).toEqual([true, true, undefined]);
  expect(() => defineNode(lazy)).toThrow("lazy inputs and needs() go together");
  expect(() => defineNode({ ...lazy, lazy: ["c" as "a"], needs: () => [] })).toThrow('"c" is not among the inputs');
});

test("a remote node's model is its own, or named by one of its inputs", () => {
  const describe = (model: string | { input: string }) =>
    defineNode({ ...spec, inputs: { which: z.string() }, model }).description.model;
  expect(describe("maker/model")).toBe("maker/model");
  expect(describe({ input: "which" })).toEqual({ input: "which" });
  expect(() => describe({ input: "other" })).toThrow('"other" is not among the inputs');
});
