import { expect, test } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../json.ts";
import { defineNode, type NodeDefinition } from "../node/define-node.ts";
import type { InputFinding } from "../node/input-rules.ts";
import { catalogOf, definePack } from "../node/pack.ts";
import { openWorkflow } from "./open-workflow.ts";
import { definitionsOf, validateNodes } from "./validate-nodes.ts";

type Rules = (inputs: { low?: number; high?: number }, later: ReadonlySet<string>) => readonly InputFinding[];

const emptyRange: InputFinding = {
  code: "input.level-range",
  message: "`low` must be below `high`.",
  input: "low",
  expected: "below 5",
  received: "7",
  suggestion: "Swap them.",
};

function rangeNode(rules: Rules): NodeDefinition {
  return defineNode({
    type: "test/range",
    version: 1,
    title: "Range",
    category: "Test",
    description: "Takes a range.",
    inputs: { low: z.int().min(0).default(0), high: z.int().default(5) },
    outputs: { value: z.int() },
    validate: rules,
    run: ({ low }) => ({ value: low }),
  });
}

const belowHigh: Rules = ({ low, high }) =>
  low !== undefined && high !== undefined && low >= high ? [emptyRange] : [];

/** What a file's nodes of type `test/range` say, and what they were asked. */
async function validate(file: JsonObject, rules: Rules = belowHigh) {
  const asked: unknown[] = [];
  const node = rangeNode((inputs, later) => (asked.push([inputs, [...later]]), rules(inputs, later)));
  const packs = [definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, [node])];
  const catalog = catalogOf(packs);
  const { workflow, locate } = openWorkflow(JSON.stringify({ inlay: 1, ...file }, null, 1), catalog);
  return { asked, found: locate(await validateNodes(workflow!, catalog, definitionsOf(packs))) };
}

const range = (inputs: JsonObject, more: JsonObject = {}) => ({ type: "test/range", version: 1, inputs, ...more });

test("a rule sees literals and defaults, and its finding has node, input, path and line", async () => {
  const { asked, found } = await validate({ nodes: { a: range({ low: 7 }) } });
  expect(asked).toEqual([[{ low: 7, high: 5 }, []]]);
  const place = { node: "a", path: ["nodes", "a", "inputs", "low"], line: 8 };
  expect(found).toEqual([expect.objectContaining({ ...emptyRange, ...place, severity: "error" })]);
});

test("what a link, a named input or a seed brings is absent, and named as coming later", async () => {
  const { asked, found } = await validate({
    inputs: { low: { type: "integer", default: 9 } },
    nodes: {
      a: range({ low: { $input: "low" }, high: { $seed: "random" } }),
      b: range({ low: { $link: ["a", "value"] } }),
    },
  });
  expect(asked).toEqual([
    [{}, ["low", "high"]],
    [{ high: 5 }, ["low"]],
  ]);
  expect(found).toEqual([]);
});

test("nodes inside of sub-workflows are asked, with their place", async () => {
  const { found } = await validate({ workflows: { part: { nodes: { a: range({ low: 7 }) } } } });
  expect(found).toMatchObject([
    { path: ["workflows", "part", "nodes", "a", "inputs", "low"], node: "a", input: "low" },
  ]);
});

test("nobody asks a node that is turned off, of another version, or with a literal that does not fit", async () => {
  const nodes = {
    muted: range({ low: 7 }, { disabled: "mute" }),
    bypassed: range({ low: 7 }, { disabled: "bypass" }),
    newer: range({ low: 7 }, { version: 2 }),
    wrong: range({ low: -1 }),
  };
  expect(await validate({ nodes })).toEqual({ asked: [], found: [] });
});

test("a finding without an input is the node's, and a warning stays one", async () => {
  const { found } = await validate({ nodes: { a: range({}) } }, () => [
    { code: "input.slow", message: "Slow.", severity: "warning" },
  ]);
  expect(found).toMatchObject([{ severity: "warning", code: "input.slow", path: ["nodes", "a"], node: "a" }]);
});

test.each<[string, Rules, string]>([
  [
    "throw",
    () => {
      throw new Error("no such thing");
    },
    "could not check its inputs: no such thing",
  ],
  ["answer with no list", () => undefined as unknown as InputFinding[], "answers with a list"],
])("rules that %s are a diagnostic of their node", async (_what, rules, words) => {
  const { found } = await validate({ nodes: { a: range({}) } }, rules);
  expect(found).toMatchObject([{ severity: "error", code: "node.validate", node: "a" }]);
  expect(found[0]!.message).toContain(words);
});

test("code that cannot be loaded is a diagnostic of each node that needs it", async () => {
  const pack = definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, [rangeNode(belowHigh)]);
  const { workflow } = openWorkflow(JSON.stringify({ inlay: 1, nodes: { a: range({}) } }), catalogOf([pack]));
  const found = await validateNodes(workflow!, catalogOf([pack]), () => Promise.reject(new Error("broken file")));
  expect(found).toMatchObject([{ code: "node.validate", node: "a", message: expect.stringContaining("broken file") }]);
});
