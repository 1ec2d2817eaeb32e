import { expect, test } from "vitest";
import { EngineError, errorData } from "./errors.ts";

test("an error of ours keeps its data", () => {
  expect(errorData(new EngineError({ code: "mask.empty", message: "no", node: "a" }))).toEqual({
    code: "mask.empty",
    message: "no",
    node: "a",
  });
});

test.each([
  [new Error("broken"), "broken"],
  [new TypeError(), "TypeError"],
  ["a text", "a text"],
  [{ message: "like an error" }, "like an error"],
  [undefined, "What was thrown is no error but undefined."],
  [null, "What was thrown is no error but null."],
  [Symbol("s"), "What was thrown is no error but Symbol(s)."],
  [{ data: { code: 5, message: {} }, message: "odd data" }, "odd data"],
  [Object.create(null), "What was thrown is no error but an object."],
  [
    {
      get data(): never {
        throw new Error("no");
      },
    },
    "Something was thrown that says nothing about itself.",
  ],
])("whatever is thrown has a message %#", (thrown, message) => {
  expect(errorData(thrown)).toEqual({ code: "node.internal", message });
});
