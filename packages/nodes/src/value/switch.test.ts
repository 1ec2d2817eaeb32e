import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import chooser from "./switch.ts";

test("it chooses by its condition", async () => {
  const choose = async (condition: boolean) =>
    (await testNode(chooser, { condition, on_true: "a", on_false: { b: 1 } })).outputs.value;
  expect([await choose(true), await choose(false)]).toEqual(["a", { b: 1 }]);
});

test("it asks for the chosen value only", () => {
  expect(chooser.needs?.({ condition: true })).toEqual(["on_true"]);
  expect(chooser.needs?.({ condition: false })).toEqual(["on_false"]);
});

test("a chosen value that is not there is an error that names the input", async () => {
  await expect(testNode(chooser, { condition: false, on_true: 1 })).rejects.toMatchObject({
    data: { code: "input.missing", input: "on_false" },
  });
});
