import { expect, test } from "vitest";
import { isJsonObject, type JsonObject, type JsonValue } from "../json.ts";
import { type Migration, validateMigrations } from "./migrate.ts";
import { readWorkflow } from "./read-workflow.ts";

/** Before version 1, so this story goes, links stood in a list: `["load.image", "save.image"]`. */
const linksIntoInputs: Migration = {
  from: 0,
  to: 1,
  migrate({ links, nodes, ...rest }: JsonObject): JsonObject {
    if (!Array.isArray(links) || !isJsonObject(nodes)) return { ...rest, ...(nodes !== undefined && { nodes }) };
    return { ...rest, nodes: (links as readonly JsonValue[]).reduce<JsonObject>(addLink, nodes) };
  },
};

function addLink(nodes: JsonObject, link: JsonValue): JsonObject {
  if (!Array.isArray(link)) return nodes;
  const [[from = "", output = ""], [to = "", input = ""]] = [String(link[0]).split("."), String(link[1]).split(".")];
  const node = nodes[to];
  if (!isJsonObject(node)) return nodes;
  const inputs = isJsonObject(node["inputs"]) ? node["inputs"] : {};
  return { ...nodes, [to]: { ...node, inputs: { ...inputs, [input]: { $link: [from, output] } } } };
}

const old = {
  inlay: 0,
  nodes: { load: { type: "image/load", version: 1 }, save: { type: "image/save", version: 1 } },
  links: [["load.image", "save.image"]],
};

const options = { migrations: [linksIntoInputs] };
const codesOf = (text: string) => readWorkflow(text, options).diagnostics.map(({ code }) => code);

test("an older file is brought to the current version", () => {
  const { workflow } = readWorkflow(JSON.stringify(old), options);
  expect(workflow?.inlay).toBe(1);
  expect(workflow?.nodes["save"]?.inputs).toEqual({ image: { $link: ["load", "image"] } });
  expect(workflow).not.toHaveProperty("links");
});

test("a file of the current version is not migrated", () => {
  const { workflow } = readWorkflow(JSON.stringify({ ...old, inlay: 1 }), options);
  expect(workflow).toHaveProperty("links");
});

test("what is wrong after a migration is diagnosed", () => {
  expect(codesOf('{ "inlay": 0, "nodes": 7 }')).toEqual(["format.wrong-type"]);
});

test("no migration ships, so version 0 is refused", () => {
  expect(readWorkflow(JSON.stringify(old)).diagnostics.map(({ code }) => code)).toEqual(["format.version-invalid"]);
});

test.each(["-1", "0.5", "null", '"1"', "[1]"])("the version %s is refused", (version) => {
  expect(codesOf(`{ "inlay": ${version} }`)).toEqual(["format.version-invalid"]);
});

test("a newer version is one diagnostic, whatever else the file holds", () => {
  expect(codesOf('{ "inlay": 2, "nodes": [], "outputs": 7 }')).toEqual(["format.version-newer"]);
});

test("migrations with a gap are a mistake of the programmer", () => {
  const step = (from: number, to: number): Migration => ({ from, to, migrate: (file) => file });
  expect(() => validateMigrations([step(-1, 0), step(0, 1)])).not.toThrow();
  expect(() => validateMigrations([step(-2, -1), step(0, 1)])).toThrow(TypeError);
  expect(() => validateMigrations([step(0, 2)])).toThrow(TypeError);
});
