import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogOf, type NodeDefinition } from "@inlay/engine";
import { expect, test } from "vitest";
import { staticImports } from "../test/imports.ts";
import { nodesPack } from "./pack.ts";

const source = import.meta.dirname;
const docs = join(source, "../../../docs/nodes");

/** The definitions as the source has them, by the type that their path says. */
async function definitionsInSource(): Promise<Map<string, NodeDefinition>> {
  const found = new Map<string, NodeDefinition>();
  for (const path of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts") || path.endsWith(".test.ts")) continue;
    const module = (await import(join(source, path))) as { default?: NodeDefinition };
    if (module.default) found.set(path.slice(0, -".ts".length), module.default);
  }
  return found;
}

test("the generated catalogue and index are those of the definitions", async () => {
  const definitions = await definitionsInSource();
  expect(Object.keys(nodesPack.nodes)).toEqual([...definitions.keys()].sort());
  for (const [type, definition] of definitions) {
    const packed = nodesPack.nodes[type]!;
    expect(packed.description).toEqual(definition.description);
    expect(packed.description.type).toBe(type);
    expect(await packed.load()).toBe(definition);
  }
});

test("every node, input and output has a title and a description", () => {
  for (const { description } of Object.values(nodesPack.nodes)) {
    for (const socket of [...Object.values(description.inputs), ...Object.values(description.outputs)]) {
      expect(socket).toMatchObject({ title: expect.stringMatching(/./), description: expect.stringMatching(/\.$/) });
    }
  }
});

test("every node that has grown past version 1 opens files of all its older versions", () => {
  for (const { description } of Object.values(nodesPack.nodes)) {
    expect(description.migrations?.length ?? 0, description.type).toBe(description.version - 1);
  }
});

test("every node has a docs page that names its inputs and outputs", () => {
  for (const [type, { description }] of Object.entries(nodesPack.nodes)) {
    const page = readFileSync(join(docs, `${type.replaceAll("/", "-")}.md`), "utf8");
    const names = [...Object.keys(description.inputs), ...Object.keys(description.outputs)];
    for (const name of names) expect(page).toContain(`\`${name}\``);
  }
});

test("the pack is a catalogue of its own", () => {
  const version = (JSON.parse(readFileSync(join(source, "../package.json"), "utf8")) as { version: string }).version;
  expect(catalogOf([nodesPack]).packs["@inlay/nodes"]).toEqual({ name: "@inlay/nodes", version, cacheEpoch: 1 });
});

test("sharp is imported by no module at once", () => {
  for (const type of Object.keys(nodesPack.nodes)) {
    expect([...staticImports(join(source, `${type}.ts`)).packages]).not.toContain("sharp");
  }
});

test("importing the pack imports no package: neither zod nor sharp", () => {
  const { packages } = staticImports(join(source, "index.ts"));
  // What Node brings along is no package.
  expect([...packages].filter((name) => !name.startsWith("node:"))).toEqual([]);
});
