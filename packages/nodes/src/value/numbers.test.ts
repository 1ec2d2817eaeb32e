import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import calculate from "./calculate.ts";
import compare from "./compare.ts";
import logic from "./logic.ts";

test.each([
  [7, "add", 2, 9],
  [7, "subtract", 9, -2],
  [7, "multiply", 2, 14],
  [7, "divide", 2, 3.5],
  [-7, "remainder", 5, 3],
  [2, "power", 10, 1024],
  [7, "min", 2, 2],
  [7, "max", 2, 7],
])("%d %s %d is %d", async (a, operation, b, expected) => {
  expect((await testNode(calculate, { a, operation, b })).outputs.value).toBe(expected);
});

test.each([
  ["nearest", 3.5, 4],
  ["nearest", -3.5, -3],
  ["down", -3.5, -4],
  ["up", 3.1, 4],
  ["nearest", -0.2, 0],
])("rounded %s, %d is %d", async (round, a, expected) => {
  expect((await testNode(calculate, { a, round })).outputs.value).toBe(expected);
});

test.each([
  [1, "divide", 0],
  [1, "remainder", 0],
  [-8, "power", 0.5],
  [1e300, "multiply", 1e300],
])("what gives no number is refused: %d %s %d", async (a, operation, b) => {
  await expect(testNode(calculate, { a, operation, b })).rejects.toMatchObject({
    data: { code: "value.not-a-number" },
  });
});

test.each([
  [1, "equal", 1, true],
  [1, "equal", "1", false],
  [true, "not-equal", false, true],
  [1, "less", 2, true],
  [2, "less-or-equal", 2, true],
  ["b", "greater", "a", true],
  [1, "greater-or-equal", 2, false],
])("%o is %s to %o: %o", async (a, operator, b, expected) => {
  expect((await testNode(compare, { a, operator, b })).outputs.value).toBe(expected);
});

test.each([
  [1, "2"],
  [true, false],
])("%o and %o have no order", async (a, b) => {
  await expect(testNode(compare, { a, operator: "less", b })).rejects.toMatchObject({
    data: { code: "value.no-order", input: "b" },
  });
});

test.each([
  ["all", [true, true], true],
  ["all", [true, false], false],
  ["all", [], true],
  ["any", [false, true], true],
  ["odd", [true, true], false],
  ["odd", [true, false], true],
  ["none", [false], true],
  ["none", [true], false],
])("%s of %o is %o", async (operation, conditions, expected) => {
  expect((await testNode(logic, { operation, conditions })).outputs.value).toBe(expected);
});
