import { expect, test } from "vitest";
import { countPaid } from "./count-paid.ts";

const known = { "test/paid": { paid: true, inputs: {} }, "test/free": { inputs: {} } };
const node = (type: string, more: object = {}) => ({ type, version: 1, inputs: {}, ...more });
const graph = (...nodes: ReturnType<typeof node>[]) => ({
  nodes: Object.fromEntries(nodes.map((each, i) => [`n${i}`, each])),
  inputs: {},
  outputs: {},
  view: {},
});
const count = (workflow: ReturnType<typeof graph>, workflows: Record<string, ReturnType<typeof graph>> = {}) =>
  countPaid({ ...workflow, workflows }, known);

test("paid nodes count, others and unknown ones do not", () => {
  expect(count(graph(node("test/paid"), node("test/free"), node("test/gone"), node("test/paid")))).toBe(2);
});

test("what is disabled or pinned does not run", () => {
  expect(count(graph(node("test/paid", { disabled: "mute" }), node("test/paid", { pinned: {} })))).toBe(0);
});

test("a sub-workflow counts for each of its uses, also inside of others", () => {
  const workflows = {
    two: graph(node("test/paid"), node("test/paid")),
    outer: graph(node("workflow/two"), node("workflow/two")),
  };
  expect(count(graph(node("workflow/outer"), node("workflow/two")), workflows)).toBe(6);
});

test("a sub-workflow that uses itself, or is not there, ends the count", () => {
  expect(count(graph(node("workflow/loop"), node("workflow/gone")), { loop: graph(node("workflow/loop")) })).toBe(0);
});
