import { expect, test } from "vitest";
import { recentNodes, rememberNode } from "./recent-nodes.ts";

function memory(kept?: string) {
  let text = kept ?? null;
  return { getItem: () => text, setItem: (_key: string, value: string) => void (text = value) };
}

test("the last five are kept, the last one first, each once", () => {
  const kept = memory();
  for (const type of ["a/a", "b/b", "c/c", "a/a", "d/d", "e/e", "f/f"]) rememberNode(kept, type);
  expect(recentNodes(kept)).toEqual(["f/f", "e/e", "d/d", "a/a", "c/c"]);
});

test.each(["{", '{"a":1}', "[1,null]"])("what is kept but not a list of types is nothing: %s", (text) => {
  expect(recentNodes(memory(text))).toEqual([]);
});
