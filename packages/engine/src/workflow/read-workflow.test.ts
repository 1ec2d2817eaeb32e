import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../json.ts";
import { readWorkflow } from "./read-workflow.ts";

const diagnose = (file: JsonObject) => readWorkflow(JSON.stringify(file)).diagnostics;
const codesOf = (file: JsonObject) => diagnose(file).map(({ code }) => code);
const withInput = (value: JsonValue): JsonObject => ({
  inlay: 1,
  nodes: { a: { type: "x/y", version: 1, inputs: { i: value } } },
});

test("the smallest workflow has every section", () => {
  expect(readWorkflow('{ "inlay": 1 }').workflow).toEqual({
    inlay: 1,
    inputs: {},
    outputs: {},
    packs: {},
    assets: {},
    nodes: {},
    workflows: {},
    view: {},
  });
});

test("sub-workflows and nodes get the sections that they leave out", () => {
  const { workflow } = readWorkflow(
    '{ "inlay": 1, "workflows": { "w": { "nodes": { "a": { "type": "x/y", "version": 1 } } } } }',
  );
  expect(workflow?.workflows["w"]).toEqual({
    inputs: {},
    outputs: {},
    nodes: { a: { type: "x/y", version: 1, inputs: {} } },
    view: {},
  });
});

test("unknown keys are kept everywhere", () => {
  const file = { inlay: 1, future: [1], nodes: { a: { type: "x/y", version: 1, inputs: {}, color: "red" } } };
  expect(readWorkflow(JSON.stringify(file)).workflow).toMatchObject(file);
});

test.each<[string, JsonObject]>([
  ["of the workflow", { nods: {} }],
  ["of a node", { nodes: { a: { type: "x/y", version: 1, input: {} } } }],
  ["of a named input", { inputs: { a: { type: "image", defualt: null } } }],
  ["of a named output", { outputs: { a: { node: "b", output: "c", titel: "A" } } }],
  ["of a sub-workflow", { workflows: { a: { node: {} } } }],
])("a key near to a known one is a warning, and kept: %s", (_where, part) => {
  const { workflow, diagnostics } = readWorkflow(JSON.stringify({ inlay: 1, ...part }));
  expect(workflow).toMatchObject(part);
  expect(diagnostics).toMatchObject([{ severity: "warning", code: "format.unknown-key", line: 1 }]);
});

test("an unknown key is no warning when the known key stands beside it, or when none is near", () => {
  expect(codesOf({ inlay: 1, names: "x", name: "x", author: "me", $schema: "s" })).toEqual([]);
});

test("what is wrong in one part hides nothing in another", () => {
  const file = {
    inlay: 1,
    name: 7,
    outputs: { "A B": { node: "a" } },
    nodes: { a: { version: 1 }, b: 5 },
    view: [],
  };
  expect(codesOf(file)).toEqual([
    "format.wrong-type",
    "format.bad-id",
    "format.missing",
    "format.missing",
    "format.wrong-type",
    "format.wrong-type",
  ]);
});

test("a diagnostic names the node and the input", () => {
  const inRoot = withInput({ $env: "HOME" });
  expect(diagnose(inRoot)[0]).toMatchObject({ node: "a", input: "i" });
  expect(diagnose({ inlay: 1, workflows: { w: inRoot } })[0]).toMatchObject({ node: "a", input: "i" });
  expect(diagnose({ inlay: 1, inputs: { photo: { type: "picture" } } })[0]).toMatchObject({ input: "photo" });
});

test("at most a thousand diagnostics are given", () => {
  const nodes = Object.fromEntries(Array.from({ length: 3000 }, (_, index) => [`n${index}`, 0]));
  expect(diagnose({ inlay: 1, nodes })).toHaveLength(1000);
});

test.each<JsonValue>([
  7,
  null,
  { $link: ["load", "image"] },
  { $input: "photo" },
  { $file: "photos/cup of tea.png" },
  { $asset: "a".repeat(64) },
  { $seed: "random" },
  [{ $link: ["load", "image"] }, { $file: "a.png" }, 3],
  { strokes: [{ points: [[1, 2]] }] },
])("an input may be %j", (value) => {
  expect(codesOf(withInput(value))).toEqual([]);
});

test.each<JsonValue>([
  { $link: "load.image" },
  { $link: ["load"] },
  { $link: ["load", "image", 0] },
  { $link: ["Load", "image"] },
  { $link: ["load", ""] },
  { $link: ["load", "image"], note: 1 },
  { $input: "" },
  { $asset: "abc" },
  { $seed: "always" },
  { $env: "TOKEN" },
  { deep: { $link: ["load", "image"] } },
  [[{ $file: "a.png" }]],
  { deep: [1, { more: { $: 1 } }] },
])("an input may not be %j", (value) => {
  expect(codesOf(withInput(value))).toEqual(["format.bad-reference"]);
});

test.each([
  "",
  "/etc/passwd",
  "..",
  "a/../../b",
  "C:/a.png",
  "c:a.png",
  "http://x.org/a.png",
  "https://user@x.org/a.png",
  "https://user:password@x.org/a.png",
  "https://x.org/a b.png",
  "https:///a.png",
  "https:x.org",
  "ftp://x.org/a.png",
  "file:///etc/passwd",
  "a\\b.png",
  "a\u0000.png",
])("a file may not be %j", (path) => {
  expect(codesOf(withInput({ $file: path }))).toEqual(["format.bad-path"]);
});

test.each([
  "a.png",
  "./a.png",
  "a..b/c...png",
  "a/b/ü 漢.png",
  "https://x.org/a.png",
  "https://x.org:8443/a?size=1&sign=x%2F..#top",
])("a file may be %j", (path) => {
  expect(codesOf(withInput({ $file: path }))).toEqual([]);
});

test("a default may be a file or a literal but not a link or another input", () => {
  const codes = (value: JsonValue) => codesOf({ inlay: 1, inputs: { i: { type: "image", default: value } } });
  expect(codes({ $file: "a.png" })).toEqual([]);
  expect(codes({ $link: ["a", "b"] })).toEqual(["format.bad-reference"]);
  expect(codes({ $input: "j" })).toEqual(["format.bad-reference"]);
});

const entry = { name: "a.png", mime: "image/png", size: 2, data: "AAA=" };
const withAsset = (asset: JsonObject, key = "0".repeat(64)) => codesOf({ inlay: 1, assets: { [key]: asset } });

test("an asset carries its bytes or names a file", () => {
  const { data, ...beside } = entry;
  expect(withAsset(entry)).toEqual([]);
  expect(withAsset({ ...beside, path: "assets/a.png" })).toEqual([]);
  expect(withAsset({ ...beside, path: "assets/a.png", data })).toEqual(["format.bad-asset"]);
  expect(withAsset(beside)).toEqual(["format.bad-asset"]);
});

test.each([
  ["another size", { ...entry, size: 3 }],
  ["a folder in its name", { ...entry, name: "../a.png" }],
  ["data that is not base64", { ...entry, data: "A-_=" }],
  ["data without padding", { ...entry, data: "AAA" }],
  ["more than 256 KiB", { ...entry, size: 262_146, data: "A".repeat(349_528) }],
])("an asset with %s is refused", (_, asset) => {
  expect(withAsset(asset)).toEqual(["format.bad-asset"]);
});

test("an asset's key is a SHA-256, and its path stays in the workspace", () => {
  expect(withAsset(entry, "ABC")).toEqual(["format.bad-asset"]);
  expect(withAsset({ name: "a", mime: "b/c", size: 1, path: "../a" })).toEqual(["format.bad-path"]);
  expect(withAsset({ name: "a", mime: "b/c", size: 1, path: "https://x.org/a" })).toEqual(["format.bad-path"]);
});
