import fc from "fast-check";
import { expect, test } from "vitest";
import { arithmetic, engineWith, link, workflowOf } from "../../test/run-graph.ts";
import type { JsonValue } from "../json.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { planKeys, type PlanKeys } from "./cache-keys.ts";
import { compilePlan } from "./compile-plan.ts";
import type { Plan } from "./plan.ts";
import { smallCatalog } from "../../test/small-catalog.ts";

const { catalog } = engineWith(arithmetic()).engine;
const planOf = (workflow: Workflow, targets?: readonly string[], nodes = catalog): Plan =>
  compilePlan(workflow, nodes, targets ? { targets } : {}).plan!;

/** Hashes by writing the text out, so that a test sees what enters, and counts. */
function countingHash() {
  const texts: string[] = [];
  return { texts, sha256: (text: string) => `<${texts.push(text)}>`.padStart(64, "0") };
}

/** A plain text in place of the hash: equal keys mean equal texts. */
const spelledOut = (plan: Plan, openTexts: readonly string[] = []): readonly string[] =>
  planKeys(plan, openTexts, (text) => `(${text})`).keys;

const numbers = (inputs: Record<string, JsonValue>): Plan => planOf(workflowOf({ x: ["test/add", inputs] }), ["x"]);

test("with the keys of an earlier run only nodes behind a changed input are hashed again", () => {
  const plan = planOf(
    workflowOf(
      {
        fixed: ["test/number", { value: 1 }],
        changing: ["test/number", { value: { $input: "n" } }],
        behind: ["test/add", { a: link("changing"), b: link("fixed") }],
        beside: ["test/add", { a: link("fixed") }],
      },
      { inputs: { n: { type: "number" } } },
    ),
    ["behind", "beside"],
  );
  const { texts, sha256 } = countingHash();
  const first = planKeys(plan, ["one"], sha256);
  expect(texts.length).toBe(4);
  const second = planKeys(plan, ["two"], sha256, first);
  expect(texts.length).toBe(6);
  const changed = plan.nodes.filter((_, i) => first.keys[i] !== second.keys[i]).map(({ id }) => id);
  expect(changed.sort()).toEqual(["behind", "changing"]);
});

test("nothing is hashed when nothing has changed", () => {
  const plan = numbers({ a: 1 });
  const before: PlanKeys = planKeys(plan, [], (text) => text);
  expect(planKeys(plan, [], () => expect.unreachable(), before)).toBe(before);
});

test("keys that follow changes one by one are the keys of a fresh start", () => {
  const plan = planOf(
    workflowOf(
      {
        a: ["test/number", { value: { $input: "x" } }],
        b: ["test/number", { value: { $input: "y" } }],
        sum: ["test/add", { a: link("a"), b: link("b") }],
        end: ["test/add", { a: link("sum"), b: link("a") }],
      },
      { inputs: { x: { type: "number" }, y: { type: "number" } } },
    ),
    ["end"],
  );
  const text = fc.constantFrom("1", "2", "3");
  const law = fc.property(fc.array(fc.tuple(text, text), { maxLength: 6 }), (steps) => {
    let keys: PlanKeys | undefined;
    for (const openTexts of steps) {
      keys = planKeys(plan, openTexts, (given) => `(${given})`, keys);
      expect(keys.keys).toEqual(spelledOut(plan, openTexts));
    }
  });
  fc.assert(law, { seed: 7, numRuns: 50 });
});

test("the order of a node's inputs in the file does not matter", () => {
  expect(spelledOut(numbers({ a: 1, b: 2 }))).toEqual(spelledOut(numbers({ b: 2, a: 1 })));
});

test("the order of keys inside a literal does not matter", () => {
  const json = {
    ...catalog.nodes["test/number"]!,
    inputs: { value: { schema: { type: "json" }, required: true } },
  } as const;
  const withJson = { ...catalog, nodes: { ...catalog.nodes, "test/number": json } };
  const keyOf = (value: JsonValue) =>
    spelledOut(planOf(workflowOf({ x: ["test/number", { value }] }), ["x"], withJson));
  expect(keyOf({ p: 1, q: [{ r: 2, s: 3 }] })).toEqual(keyOf({ q: [{ s: 3, r: 2 }], p: 1 }));
});

test("a default that is written out is the default that is left out", () => {
  expect(spelledOut(numbers({ a: 1 }))).toEqual(spelledOut(numbers({ a: 1, b: 0 })));
});

test("which input a value or link is for, and which output it comes from, are in the key", () => {
  const base = { s: ["test/number", { value: 1 }] } as const;
  const keyOf = (inputs: Record<string, JsonValue>): string | undefined =>
    spelledOut(planOf(workflowOf({ s: [...base.s], x: ["test/add", inputs] }), ["x"])).at(-1);
  const keys = [
    { a: link("s"), b: 1 },
    { a: 1, b: link("s") },
    { a: 1, b: 1 },
    { a: link("s"), b: link("s") },
  ].map(keyOf);
  expect(new Set(keys).size).toBe(4);
  const image = (output: string): string | undefined =>
    planOf(
      workflowOf({
        load: ["image/load", { source: { $file: "a.png" } }],
        x: ["test/stack", { images: [link("load", output)] }],
      }),
      ["x"],
      { ...smallCatalog, nodes: { ...smallCatalog.nodes, "image/load": twoImages } },
    ).nodes.at(-1)?.keyText;
  expect(image("image")).not.toBe(image("preview"));
});

test("one literal for another input, of two that may be absent, is another key", () => {
  const optional = { schema: { type: "number" }, required: false } as const;
  const add = { ...catalog.nodes["test/add"]!, inputs: { a: optional, b: optional } };
  const keyOf = (inputs: Record<string, JsonValue>) =>
    spelledOut(planOf(workflowOf({ x: ["test/add", inputs] }), ["x"], { ...catalog, nodes: { "test/add": add } }));
  expect(keyOf({ a: 1 })).not.toEqual(keyOf({ b: 1 }));
});

const load = smallCatalog.nodes["image/load"]!;
const twoImages = { ...load, outputs: { ...load.outputs, preview: load.outputs.image! } };

test("type version and cache epoch are in the key, the node's id and title are not", () => {
  const plan = numbers({ a: 1 });
  const newer = { ...catalog, nodes: { ...catalog.nodes, "test/add": { ...catalog.nodes["test/add"]!, version: 2 } } };
  const later = { ...catalog, packs: { test: { ...catalog.packs.test!, cacheEpoch: 2 } } };
  const renamed = planOf(workflowOf({ y: ["test/add", { a: 1 }] }), ["y"]);
  const same = workflowOf({ x: ["test/add", { a: 1 }] });
  expect(spelledOut(renamed)).toEqual(spelledOut(plan));
  expect(spelledOut(planOf(same, ["x"], newer))).not.toEqual(spelledOut(plan));
  expect(spelledOut(planOf(same, ["x"], later))).not.toEqual(spelledOut(plan));
});
