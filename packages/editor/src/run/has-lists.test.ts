import { expect, test } from "vitest";
import { catalog } from "../../test/catalog.ts";
import { hasLists } from "./has-lists.ts";

const graph = (...types: string[]) => ({
  nodes: Object.fromEntries(types.map((type, i) => [`n${i}`, { type, version: 1, inputs: {} }])),
  inputs: {},
  outputs: {},
  view: {},
});
const has = (...types: string[]) => hasLists({ ...graph(...types), workflows: {} }, catalog.nodes);

test("nodes run more than once behind a list, in a loop, and in a sub-workflow that has one", () => {
  expect(has("image/load", "inpaint/inpaint", "gone/away")).toBe(false);
  expect(has("image/load", "value/seeds")).toBe(true);
  expect(has("flow/repeat")).toBe(true);
  expect(hasLists({ ...graph("workflow/part"), workflows: { part: graph("value/range") } }, catalog.nodes)).toBe(true);
});
