import { expect, test } from "vitest";
import { smallCatalog } from "../../test/small-catalog.ts";
import { bypassSource, linkFollower } from "./bypass.ts";
import type { WorkflowGraph, WorkflowNode } from "./workflow.ts";

const graph = (nodes: { readonly [id: string]: WorkflowNode }): WorkflowGraph => ({
  inputs: {},
  outputs: {},
  nodes,
  view: {},
});
const feather = (from: string, disabled?: "mute" | "bypass"): WorkflowNode => ({
  type: "mask/feather",
  version: 1,
  inputs: { mask: { $link: [from, "mask"] } },
  ...(disabled && { disabled }),
});

test("a bypassed node passes its first input of the output's type", () => {
  const inpaint = { type: "test/inpaint", version: 1, inputs: { mask: 1, image: { $link: ["load", "image"] } } };
  expect(bypassSource(graph({ inpaint }), smallCatalog, "inpaint", "image")).toEqual({ $link: ["load", "image"] });
});

test("a node without such an input passes nothing", () => {
  const load = { type: "image/load", version: 1, inputs: { source: { $file: "a.png" } } };
  expect(bypassSource(graph({ load }), smallCatalog, "load", "image")).toBeUndefined();
});

test("unknown nodes, types and outputs pass nothing", () => {
  const nodes = graph({ odd: { type: "constructor", version: 1, inputs: {} }, soft: feather("a") });
  expect(bypassSource(nodes, smallCatalog, "toString", "mask")).toBeUndefined();
  expect(bypassSource(nodes, smallCatalog, "odd", "mask")).toBeUndefined();
  expect(bypassSource(nodes, smallCatalog, "soft", "valueOf")).toBeUndefined();
});

test("a link is followed through bypassed nodes to one that runs", () => {
  const follow = linkFollower(
    graph({ a: feather("x"), b: feather("a", "bypass"), c: feather("b", "bypass") }),
    smallCatalog,
  );
  expect(follow("c", "mask")).toEqual({ kind: "link", node: "a", output: "mask" });
});

test("a link through a bypassed node ends at a muted one", () => {
  const follow = linkFollower(graph({ a: feather("x", "mute"), b: feather("a", "bypass") }), smallCatalog);
  expect(follow("b", "mask")).toEqual({ kind: "muted", node: "a" });
});

test("a circle of bypassed nodes ends in nothing", () => {
  const follow = linkFollower(graph({ a: feather("b", "bypass"), b: feather("a", "bypass") }), smallCatalog);
  expect(follow("a", "mask").kind).toBe("empty");
});

test("a chain of 100,000 bypassed nodes is followed from each of them", () => {
  const ids = Array.from({ length: 100_000 }, (_, index) => `n${index}`);
  const nodes = Object.fromEntries(
    ids.map((id, index) => [id, feather(`n${index - 1}`, index > 0 ? "bypass" : undefined)]),
  );
  const follow = linkFollower(graph(nodes), smallCatalog);
  const ends = new Set(ids.map((id) => JSON.stringify(follow(id, "mask"))));
  expect([...ends]).toEqual(['{"kind":"link","node":"n0","output":"mask"}']);
});
