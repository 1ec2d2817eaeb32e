import { expect, test } from "vitest";
import { locate, withPositions } from "./locate.ts";

const text = `{
  "nodes": {
    "load": { "points": [[1, 2],
                         [3, 4]] }
  }
}`;

test("a member is where its key begins", () => {
  expect(locate(text, ["nodes", "load"])).toEqual({ line: 3, column: 5 });
});

test("an item is where it begins", () => {
  expect(locate(text, ["nodes", "load", "points", 1, 0])).toEqual({ line: 4, column: 27 });
});

test("a path that leads out of the document is where it leaves", () => {
  expect(locate(text, ["nodes", "load", "absent", 3])).toEqual({ line: 3, column: 5 });
});

test("the document is where it begins", () => {
  expect(locate("\n  {}", [])).toEqual({ line: 2, column: 3 });
});

test("a text that is not JSON is located as far as it goes", () => {
  expect(locate('{"a": [1, x', ["a", 0])).toEqual({ line: 1, column: 8 });
});

test("diagnostics that have a line keep it", () => {
  const diagnostic = { severity: "error", code: "input.type", message: "", path: ["nodes"] } as const;
  const placed = withPositions(text, [diagnostic, { ...diagnostic, line: 9, column: 1 }]);
  expect(placed.map(({ line }) => line)).toEqual([2, 9]);
});
