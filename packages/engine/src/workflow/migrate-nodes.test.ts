import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { arbitraryWorkflow } from "../../test/arbitrary-workflow.ts";
import { engineWith } from "../../test/run-graph.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import { catalogOf, definePack } from "../node/pack.ts";
import { defineNode } from "../node/define-node.ts";
import type { JsonObject } from "../json.ts";
import type { NodeCatalog } from "../node/description.ts";
import { migrateNodes } from "./migrate-nodes.ts";
import { openWorkflow } from "./open-workflow.ts";
import { readWorkflow } from "./read-workflow.ts";
import type { Workflow } from "./workflow.ts";
import { writeWorkflow } from "./write-workflow.ts";

/** Version 3: `size` became `radius`, mode "box" became "square", `passes` went, `strict` came; output `out` became `value`. */
const blur = defineNode({
  type: "test/blur",
  version: 3,
  title: "Blur",
  category: "Test",
  description: "A node that has been renewed twice.",
  inputs: {
    radius: z.int().min(0).max(9).default(1),
    mode: z.enum(["round", "square"]).default("round"),
    strict: z.boolean().default(true),
    from: z.int().optional(),
  },
  outputs: { value: z.int() },
  migrations: [
    { to: 2, rename: { size: "radius" }, mapValues: { mode: { box: "square" } } },
    { to: 3, drop: ["passes"], set: { strict: false }, renameOutputs: { out: "value" } },
  ],
  run: ({ radius, strict, from = 0 }) => ({ value: strict ? -1 : radius + from }),
});
const catalog = catalogOf([definePack({ name: "test", version: "1.0.0", cacheEpoch: 1 }, [blur])]);

function open(nodes: JsonObject, more: JsonObject = {}) {
  const { workflow, diagnostics } = openWorkflow(JSON.stringify({ inlay: 1, nodes, ...more }), catalog);
  return { workflow: workflow!, codes: diagnostics.map(({ code }) => code), diagnostics };
}

const old = (inputs: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  type: "test/blur",
  version: 1,
  inputs,
  ...more,
});

test("an older node opens with its inputs renamed, dropped, mapped and set, and a warning that says so", () => {
  const { workflow, diagnostics } = open({ a: old({ size: 4, mode: "box", passes: 2 }, { note: [1] }) });
  expect(workflow.nodes["a"]).toEqual({
    type: "test/blur",
    version: 3,
    inputs: { radius: 4, mode: "square", strict: false },
    note: [1],
  });
  expect(diagnostics).toMatchObject([
    { severity: "warning", code: "node.migrated", node: "a", expected: "version 3", received: "version 1", line: 1 },
  ]);
});

test("a file of older nodes runs as it stands", async () => {
  const nodes = { a: old({ size: 4 }), b: old({ size: 3, from: { $link: ["a", "out"] } }) };
  const { workflow } = open(nodes, { outputs: { result: { node: "b", output: "out" } } });
  const { outputs, counts } = await engineWith([blur]).run(workflow);
  expect([outputs["result"], counts.executed]).toEqual([7, 2]);
});

test("only the steps that a node lacks are taken, and what it sets itself stays", () => {
  const { workflow } = open({ a: { type: "test/blur", version: 2, inputs: { mode: "square", strict: true } } });
  expect(workflow.nodes["a"]).toMatchObject({ version: 3, inputs: { mode: "square", strict: true } });
});

test("links and named outputs follow an output to its new name, items of lists too", () => {
  const link = { $link: ["a", "out"] };
  const reader = { type: "test/unknown", version: 1, inputs: { one: link, many: [link, 7] } };
  const { workflow } = open({ a: old(), reader }, { outputs: { result: { node: "a", output: "out", title: "R" } } });
  const followed = { $link: ["a", "value"] };
  expect(workflow.nodes["reader"]!.inputs).toEqual({ one: followed, many: [followed, 7] });
  expect(workflow.outputs["result"]).toEqual({ node: "a", output: "value", title: "R" });
});

test("nodes inside of sub-workflows are migrated, with the links beside them", () => {
  const b = old({ size: { $link: ["a", "out"] } });
  const part = { nodes: { a: old(), b }, outputs: { result: { node: "b", output: "out" } } };
  const { workflow, diagnostics } = open({ use: { type: "workflow/part", version: 1 } }, { workflows: { part } });
  expect(workflow.workflows["part"]!.nodes["b"]!.inputs).toEqual({ radius: { $link: ["a", "value"] }, strict: false });
  expect(workflow.workflows["part"]!.outputs["result"]!.output).toBe("value");
  expect(diagnostics.map(({ path }) => path.slice(0, 4))).toContainEqual(["workflows", "part", "nodes", "a"]);
});

test("a literal that a named input brings is mapped too, through sub-workflows", () => {
  const inputs = { mode: { type: "string", default: "box", values: ["box", "round"] } };
  const { workflow } = open({ a: old({ mode: { $input: "mode" } }) }, { inputs });
  expect(workflow.inputs["mode"]).toMatchObject({ default: "square", values: ["square", "round"] });

  const part = { inputs, nodes: { a: old({ mode: { $input: "mode" } }) } };
  const use = { type: "workflow/part", version: 1, inputs: { mode: "box" } };
  expect(open({ use }, { workflows: { part } }).workflow.nodes["use"]!.inputs).toEqual({ mode: "square" });
});

test("a named input's default that another node takes as it is stays as it is", () => {
  const mode = { $input: "mode" };
  const other = { type: "test/unknown", version: 1, inputs: { mode } };
  const inputs = { mode: { type: "string", default: "box" } };
  expect(open({ a: old({ mode }), other }, { inputs }).workflow.inputs["mode"]!.default).toBe("box");
});

test("waypoints and fields shown as sockets keep to a renamed input", () => {
  const view = {
    nodes: { a: { x: 1, y: 2, sockets: ["size", "mode"] } },
    links: { "a.size": { points: [] }, "b.size[0]": { points: [] } },
  };
  expect(open({ a: old({ size: 1 }) }, { view }).workflow.view).toEqual({
    nodes: { a: { x: 1, y: 2, sockets: ["radius", "mode"] } },
    links: { "a.radius": { points: [] }, "b.size[0]": { points: [] } },
  });
});

test("what is wrong with a renamed input is told at the line of its old name", () => {
  const text = '{ "inlay": 1, "nodes": { "a": {\n"type": "test/blur", "version": 1,\n"inputs": {\n"size": 99 } } } }';
  const found = openWorkflow(text, catalog).diagnostics.find(({ code }) => code === "input.range");
  expect(found).toMatchObject({ path: ["nodes", "a", "inputs", "radius"], input: "radius", line: 4 });
});

test("a newer node stays a placeholder that keeps everything", () => {
  const newer = { type: "test/blur", version: 4, inputs: { unheard: { of: [1] } }, extra: "kept" };
  const { workflow, codes } = open({ a: newer });
  expect(workflow.nodes["a"]).toEqual(newer);
  expect(codes).toEqual(["node.newer"]);
});

test("a node of an older version from which no migrations lead is refused and kept", () => {
  const nodes: JsonObject = { a: { type: "test/renewed", version: 1, inputs: { gone: 1 } } };
  const { workflow, diagnostics } = openWorkflow(JSON.stringify({ inlay: 1, nodes }), smallCatalog);
  expect([workflow?.nodes, diagnostics.map(({ code }) => code)]).toEqual([nodes, ["node.older"]]);
});

/** The nodes of arbitrary workflows, each of version 2 with migrations that are as wild. */
const renewed: NodeCatalog = {
  ...smallCatalog,
  nodes: Object.fromEntries(
    Object.entries(smallCatalog.nodes).map(([type, description]) => {
      const migrations = [{ to: 2, rename: { a: "b" }, drop: ["c"], set: { d: 1 }, renameOutputs: { a: "b", b: "a" } }];
      return [type, { ...description, version: 2, migrations }];
    }),
  ),
};

test("migrating changes nothing that it is given, and nothing twice", () => {
  fc.assert(
    fc.property(arbitraryWorkflow, (file) => {
      const workflow = readWorkflow(JSON.stringify(file)).workflow!;
      const before = JSON.stringify(workflow);
      const once = migrateNodes(workflow, renewed);
      expect(JSON.stringify(workflow)).toBe(before);
      const twice = migrateNodes(once.workflow, renewed);
      expect([twice.workflow === once.workflow, twice.diagnostics]).toEqual([true, []]);
    }),
    { seed: 3, numRuns: 200 },
  );
});

test("what was opened and saved keeps the keys that nobody knows", () => {
  fc.assert(
    fc.property(arbitraryWorkflow, (file) => {
      const { workflow } = openWorkflow(JSON.stringify(file), renewed);
      const saved = readWorkflow(writeWorkflow(workflow!)).workflow!;
      expect(unknownKeys(saved)).toEqual(unknownKeys(file as unknown as Workflow));
    }),
    { seed: 4, numRuns: 200 },
  );
});

/** What no part of the engine reads, with nodes of unknown type as a whole. */
function unknownKeys(workflow: Workflow): unknown {
  const graphs = [workflow, ...Object.values(workflow.workflows)];
  const more = workflow as unknown as JsonObject;
  return [
    more["unknown section"],
    more["1"],
    ...graphs.flatMap(({ nodes }) =>
      Object.values(nodes).map((node) =>
        node.type === "unknown/node" ? node : (node as unknown as JsonObject)["unknown key"],
      ),
    ),
  ];
}
