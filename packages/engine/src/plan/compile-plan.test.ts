import { expect, test } from "vitest";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { compilePlan } from "./compile-plan.ts";

const { catalog } = engineWith(arithmetic()).engine;
const compile = (workflow: Workflow, targets?: readonly string[], nodes = catalog) =>
  compilePlan(workflow, nodes, targets ? { targets } : {});
const ids = (workflow: Workflow, targets?: readonly string[]) =>
  compile(workflow, targets).plan?.nodes.map(({ id }) => id);
const value = (node: string) => ({ node, output: "value" });

test("a plan holds only what the targets need, each node after its sources", () => {
  const workflow = workflowOf({
    last: ["test/add", { a: link("middle"), b: link("first") }],
    unused: ["test/number", { value: 3 }],
    middle: ["test/add", { a: link("first") }],
    first: ["test/number", { value: 1 }],
  });
  expect(ids(workflow, ["last"])).toEqual(["first", "middle", "last"]);
});

test("the order of the targets does not change the plan", () => {
  const workflow = workflowOf({ a: ["test/number", { value: 1 }], b: ["test/number", { value: 2 }] });
  expect(ids(workflow, ["b", "a"])).toEqual(ids(workflow, ["a", "b"]));
});

test("by default the named outputs and the output nodes are targets", () => {
  const workflow = workflowOf(
    {
      load: ["image/load", { source: { $file: "a.png" } }],
      save: ["image/save", { image: link("load", "image") }],
      off: ["image/save", { image: link("load", "image") }, "mute"],
    },
    { outputs: { width: { node: "load", output: "width" } } },
  );
  const { plan } = compilePlan(workflow, smallCatalog);
  expect(plan?.targets.map((target) => plan.nodes[target]!.id)).toEqual(["load", "save"]);
  expect(plan?.outputs).toEqual([{ name: "width", node: 0, output: "width" }]);
});

test.each([
  ["a workflow that produces nothing", undefined, "target.none"],
  ["a name that nothing has", ["outt"], "target.unknown"],
  ["a muted node", ["off"], "target.none"],
])("%s is a diagnostic", (_what, targets, code) => {
  const workflow = workflowOf({ out: ["test/number", { value: 1 }], off: ["test/number", { value: 1 }, "mute"] });
  const { plan, diagnostics } = compile(workflow, targets);
  expect([plan, diagnostics[0]?.code]).toEqual([undefined, code]);
});

test("a named output of a bypassed node is what the node passes through", () => {
  const workflow = workflowOf(
    { a: ["test/number", { value: 5 }], b: ["test/add", { a: link("a") }, "bypass"] },
    { outputs: { result: value("b") } },
  );
  const { plan } = compile(workflow);
  expect(plan?.nodes.map(({ id }) => id)).toEqual(["a"]);
  expect(plan?.outputs).toEqual([{ name: "result", node: 0, output: "value" }]);
});

test("inputs stand in the order of the description, with a gap where a link brings the value", () => {
  const workflow = workflowOf({ s: ["test/number", { value: 1 }], x: ["test/add", { b: 7, a: link("s") }] });
  const template = compile(workflow, ["x"]).plan?.nodes[1]?.template;
  expect(Object.entries(template!)).toEqual([
    ["a", undefined],
    ["b", 7],
  ]);
});

test("links stand in flat arrays, by consumer and by source", () => {
  const workflow = workflowOf({
    s: ["test/number", { value: 1 }],
    x: ["test/add", { a: link("s"), b: link("s") }],
    y: ["test/add", { a: link("x"), b: link("s") }],
  });
  const { sourceStart, sources, consumerStart, consumers } = compile(workflow, ["y"]).plan!;
  expect([[...sourceStart], [...sources]]).toEqual([
    [0, 0, 2, 4],
    [0, 0, 1, 0],
  ]);
  expect([[...consumerStart], [...consumers]]).toEqual([
    [0, 3, 4, 4],
    [1, 1, 2, 2],
  ]);
});

test("items of a list are links of their own", () => {
  const workflow = workflowOf({
    load: ["image/load", { source: { $file: "a.png" } }],
    stack: ["test/stack", { images: [link("load", "image"), link("load", "image")] }],
  });
  const { plan } = compile(workflow, ["stack"], smallCatalog);
  expect(plan?.nodes[1]?.links.map(({ input, item }) => [input, item])).toEqual([
    ["images", 0],
    ["images", 1],
  ]);
});

test("nodes that depend on more than the file are open", () => {
  const workflow = workflowOf(
    { a: ["test/number", { value: 1 }], b: ["test/add", { a: link("a"), b: { $input: "n" } }] },
    { inputs: { n: { type: "number" } } },
  );
  expect(compile(workflow, ["b"]).plan?.open).toEqual([1]);
});

test("nodes that may turn out to be the same are known", () => {
  const workflow = workflowOf({
    a: ["test/number", { value: 1 }],
    b: ["test/number", { value: 1 }],
    c: ["test/number", { value: 2 }],
  });
  expect([...compile(workflow, ["a", "b", "c"]).plan!.hasLikeness]).toEqual([1, 1, 0]);
});

test("a cycle that was not checked for is refused", () => {
  const workflow = workflowOf({ a: ["test/add", { a: link("b") }], b: ["test/add", { a: link("a") }] });
  expect(() => compile(workflow, ["a"])).toThrow("cycle");
});
