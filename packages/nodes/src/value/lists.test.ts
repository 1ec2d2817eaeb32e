import { testNode } from "@inlay/engine/testing";
import { expect, test } from "vitest";
import { fileRef, noise } from "../../test/pictures.ts";
import length from "./length.ts";
import list from "./list.ts";
import pick from "./pick.ts";
import range from "./range.ts";
import slice from "./slice.ts";

test("a list holds what it is given, pictures and files too, in order", async () => {
  const items = [noise(1, 1), fileRef("a.png", Uint8Array.of(1)), 7, "text", null, { any: ["JSON"] }];
  expect((await testNode(list, { items })).outputs.list).toEqual(items);
  expect((await testNode(list, {})).outputs.list).toEqual([]);
});

test.each([
  [{}, [1, 2, 3, 4]],
  [{ start: 10, count: 3, step: -5 }, [10, 5, 0]],
  [{ start: 0, count: 4, step: 0.1 }, [0, 0.1, 0.2, 0.3]],
  [{ start: 4_294_967_290, count: 2 }, [4_294_967_290, 4_294_967_291]],
  [{ count: 0 }, []],
])("a range counts from its start: %o", async (inputs, expected) => {
  expect((await testNode(range, inputs)).outputs.list).toEqual(expected);
});

test.each([
  [0, "a"],
  [2, "c"],
  [-1, "c"],
  [-3, "a"],
])("index %i picks from the front or the back", async (index, expected) => {
  expect((await testNode(pick, { list: ["a", "b", "c"], index })).outputs.value).toBe(expected);
});

test("a value that is false, 0 or null can be picked", async () => {
  for (const [index, value] of [false, 0, null].entries()) {
    expect((await testNode(pick, { list: [false, 0, null], index })).outputs.value).toBe(value);
  }
});

test.each([
  [["a"], 1, "-1 to 0, for a list of 1"],
  [["a"], -2, "-1 to 0, for a list of 1"],
  [[], 0, "a list with items"],
])("a place outside %o is refused: %i", async (items, index, expected) => {
  await expect(testNode(pick, { list: items, index })).rejects.toMatchObject({
    data: { code: "list.index", input: "index", expected },
  });
});

test.each([
  [{ count: 2 }, ["a", "b"]],
  [{ start: 1 }, ["b", "c"]],
  [{ start: -2 }, ["b", "c"]],
  [{ start: -2, count: 1 }, ["b"]],
  [{ start: -9, count: 1 }, ["a"]],
  [{ start: 9 }, []],
  [{ count: 0 }, []],
])("a part of a list: %o", async (inputs, expected) => {
  expect((await testNode(slice, { list: ["a", "b", "c"], ...inputs })).outputs.list).toEqual(expected);
});

test("a list is counted", async () => {
  expect((await testNode(length, { list: [1, 2] })).outputs).toEqual({ length: 2, is_empty: false });
  expect((await testNode(length, { list: [] })).outputs).toEqual({ length: 0, is_empty: true });
});
