import { expect, test } from "vitest";
import { link, workflowOf } from "../../test/run-graph.ts";
import { testServices } from "../../test/node-host.ts";
import { smallCatalog } from "../../test/small-catalog.ts";
import { EngineError } from "../errors.ts";
import type { RunServices } from "../host.ts";
import { compilePlan } from "../plan/compile-plan.ts";
import type { Workflow } from "../workflow/workflow.ts";
import { openTexts, resolveReferences, type CallerValue } from "./resolve-references.ts";

const sha256 = "0".repeat(64);
const fileOf = (path: string) => ({ kind: "file", name: path, sha256: `hash of ${path}`, size: 1 }) as const;

function resolve(
  workflow: Workflow,
  targets: readonly string[],
  services: Partial<RunServices>,
  given: Readonly<Record<string, CallerValue>> = {},
) {
  const plan = compilePlan(workflow, smallCatalog, { targets }).plan!;
  return resolveReferences(plan, given, testServices(services));
}

const load = (source: Workflow["nodes"][string]["inputs"][string]) =>
  ["image/load", { source }] as [string, { source: typeof source }];

test("a file that several nodes name is found once", async () => {
  const asked: string[] = [];
  const workflow = workflowOf({
    a: load({ $file: "x.png" }),
    b: load({ $file: "x.png" }),
    c: load({ $file: "y.png" }),
  });
  const { values } = await resolve(workflow, ["a", "b", "c"], {
    resolveFile: async (path) => (asked.push(path), fileOf(path)),
  });
  expect(asked).toEqual(["x.png", "y.png"]);
  expect(values).toEqual([[fileOf("x.png")], [fileOf("x.png")], [fileOf("y.png")]]);
});

test("the default of a named input may be a file; a caller's value goes before it", async () => {
  const workflow = workflowOf(
    { a: load({ $input: "photo" }) },
    { inputs: { photo: { type: "file", default: { $file: "x.png" } } } },
  );
  const resolveFile = async (path: string) => fileOf(path);
  expect((await resolve(workflow, ["a"], { resolveFile })).inputs).toEqual({ photo: fileOf("x.png") });
  const own = fileOf("mine.png");
  expect((await resolve(workflow, ["a"], {}, { photo: own })).values).toEqual([[own]]);
});

test("a file that is not there says which field names it, directly or by a named input", async () => {
  const resolveFile = (path: string) => Promise.reject(new EngineError({ code: "file.not-found", message: path }));
  const where = { code: "file.not-found", node: "a", input: "source" };
  const direct = resolve(workflowOf({ a: load({ $file: "x.png" }) }), ["a"], { resolveFile });
  await expect(direct).rejects.toMatchObject({ data: where });
  const inputs = { photo: { type: "file", default: { $file: "x.png" } } } as const;
  const named = resolve(workflowOf({ a: load({ $input: "photo" }) }, { inputs }), ["a"], { resolveFile });
  await expect(named).rejects.toMatchObject({ data: where });
});

test("a file enters the key by its content alone", async () => {
  const workflow = workflowOf({ a: load({ $file: "x.png" }), b: load({ $file: "copy.png" }) });
  const { values } = await resolve(workflow, ["a", "b"], {
    resolveFile: async (path) => ({ ...fileOf(path), sha256: "same" }),
  });
  const plan = compilePlan(workflow, smallCatalog, { targets: ["a", "b"] }).plan!;
  const texts = openTexts(
    plan,
    (node) => values[plan.open.indexOf(node)]!,
    () => undefined,
  );
  expect(texts[0]).toBe(texts[1]);
});

test("an asset is handed over with what the workflow holds of it", async () => {
  const asset = { name: "dot.png", mime: "image/png", size: 3, data: "AAAA" };
  const workflow = workflowOf({ a: load({ $asset: sha256 }) }, { assets: { [sha256]: asset } });
  const given: unknown[] = [];
  await resolve(workflow, ["a"], { resolveAsset: async (found) => (given.push(found), fileOf(found.name)) });
  expect(given).toEqual([{ ...asset, sha256 }]);
});

test("an asset that the workflow does not hold is refused", async () => {
  await expect(resolve(workflowOf({ a: load({ $asset: sha256 }) }), ["a"], {})).rejects.toMatchObject({
    code: "asset.unknown",
  });
});

const inpaint = (seed: Workflow["nodes"][string]["inputs"][string]): Workflow["nodes"][string]["inputs"] => ({
  image: link("load", "image"),
  mask: link("mask", "mask"),
  prompt: "p",
  seed,
});

test("a seed is asked for once a place and told by its place", async () => {
  const asked: unknown[] = [];
  const workflow = workflowOf(
    {
      load: load({ $input: "photo" }),
      mask: ["mask/polygon", { image: link("load", "image"), points: [] }],
      a: ["test/inpaint", inpaint({ $seed: "random" })],
      b: ["test/inpaint", inpaint({ $input: "seed" })],
      c: ["test/inpaint", inpaint({ $input: "seed" })],
    },
    { name: "W", inputs: { photo: { type: "file" }, seed: { type: "integer", default: { $seed: "increment" } } } },
  );
  const nextSeed = (mode: string, place: string) => asked.push([mode, place]);
  const { seeds, inputs } = await resolve(workflow, ["a", "b", "c"], { nextSeed }, { photo: fileOf("x.png") });
  expect(asked).toEqual([
    ["increment", "W/inputs.seed"],
    ["random", "W/a.seed"],
  ]);
  expect([seeds, inputs.seed]).toEqual([{ "inputs.seed": 1, "a.seed": 2 }, 1]);
});

test.each([
  ["no value", {}, "input.missing"],
  ["a value of another type", { photo: 5 }, "input.type"],
])("a named input with %s is refused", async (_what, given, code) => {
  const workflow = workflowOf({ a: load({ $input: "photo" }) }, { inputs: { photo: { type: "file" } } });
  await expect(resolve(workflow, ["a"], {}, given as Record<string, CallerValue>)).rejects.toMatchObject({ code });
});
