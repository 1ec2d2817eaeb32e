import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import choice from "./choice.ts";
import joinText from "./join-text.ts";
import replaceText from "./replace-text.ts";
import splitText from "./split-text.ts";

test.each([
  [{}, "cup, 2, true"],
  [{ separator: "" }, "cup2true"],
  [{ skip_empty: false, separator: "|" }, "cup|  |2|true"],
])("texts are joined: %o", async (inputs, expected) => {
  expect((await testNode(joinText, { texts: ["cup", "  ", 2, true], ...inputs })).outputs.value).toBe(expected);
});

test("nothing joined is an empty text", async () => {
  expect((await testNode(joinText, { texts: [] })).outputs.value).toBe("");
});

test.each([
  [{ text: " a cup \r\n\n a wall\n" }, ["a cup", "a wall"]],
  [{ text: "a, b,,c", separator: "," }, ["a", "b", "c"]],
  [{ text: "  " }, []],
])("a text is cut: %o", async (inputs, expected) => {
  expect((await testNode(splitText, inputs)).outputs.list).toEqual(expected);
});

test.each([
  [{ text: "a.b.c", find: ".", replacement: "$&" }, "a$&b$&c"],
  [{ text: "Cup cup", find: "cup" }, "Cup "],
  [{ text: "Cup cup", find: "CUP", replacement: "wall", ignore_case: true }, "wall wall"],
  [{ text: "a-b/c", find: "-b/", replacement: "" }, "ac"],
])("a piece of text is taken literally: %o", async (inputs, expected) => {
  expect((await testNode(replaceText, inputs)).outputs.value).toBe(expected);
});

test("a choice gives its text and its place; the first without a value", async () => {
  const choices = ["matte", "glossy"];
  expect((await testNode(choice, { choices })).outputs).toEqual({ value: "matte", index: 0 });
  expect((await testNode(choice, { choices, value: "glossy" })).outputs).toEqual({ value: "glossy", index: 1 });
});

test("what is not among the choices is refused, with the nearest", async () => {
  await expect(testNode(choice, { choices: ["matte", "glossy"], value: "glosy" })).rejects.toMatchObject({
    data: { code: "input.choice", input: "value", suggestion: "Did you mean `glossy`?" },
  });
});
