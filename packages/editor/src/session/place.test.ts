import { expect, test } from "vitest";
import { workflowOf as workflow } from "../../test/catalog.ts";
import { pathTo, scopeAt } from "./place.ts";

const graph = (nodes: object) => ({ inputs: {}, outputs: {}, nodes });
const use = (name: string) => ({ type: `workflow/${name}`, version: 1, inputs: {} });
const nested = workflow({
  nodes: { first: use("outer"), second: use("outer") },
  workflows: { outer: graph({ core: use("inner") }), inner: graph({}), unused: graph({}) },
});

test("a way through nodes leads into nested sub-workflows, or nowhere", () => {
  expect(scopeAt(nested, [])).toEqual({ scope: undefined });
  expect(scopeAt(nested, ["second", "core"])).toEqual({ scope: "inner" });
  expect(scopeAt(nested, ["second", "gone"])).toBeUndefined();
});

test("the way to a sub-workflow is the shortest one, and none when nothing uses it", () => {
  expect(pathTo(nested, "inner")).toEqual(["first", "core"]);
  expect(pathTo(nested, "unused")).toEqual([]);
  expect(pathTo(nested, undefined)).toEqual([]);
});
