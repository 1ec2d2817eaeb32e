import type { NodeDefinition } from "@inlay/engine";
import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import boolean from "./boolean.ts";
import color from "./color.ts";
import integer from "./integer.ts";
import number from "./number.ts";
import seed from "./seed.ts";
import text from "./text.ts";

const valueOf = async (node: NodeDefinition, inputs: Record<string, unknown> = {}) =>
  (await testNode(node, inputs)).outputs.value;

test.each([
  [text, "two\nlines", ""],
  [number, -0.125, 0],
  [integer, Number.MAX_SAFE_INTEGER, 0],
  [boolean, true, false],
  [seed, 4_294_967_295, 1],
  [color, "#1a2b3c80", "#000000"],
])("a value passes as it is, and has a default: $description.type", async (node, value, fallback) => {
  expect(await valueOf(node, { value })).toBe(value);
  expect(await valueOf(node)).toBe(fallback);
});

test("equal colours are written alike", async () => {
  expect(await valueOf(color, { value: "#ABCDEF" })).toBe("#abcdef");
});

test.each([
  [integer, 0.5, "input.type"],
  [seed, 4_294_967_296, "input.range"],
  [seed, -1, "input.range"],
  [color, "red", "input.pattern"],
  [text, 7, "input.type"],
])("a value of another kind is refused: $description.type", async (node, value, code) => {
  await expect(valueOf(node, { value })).rejects.toMatchObject({ data: { code, input: "value" } });
});
