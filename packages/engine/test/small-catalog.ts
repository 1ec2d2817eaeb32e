import type { CatalogNode, InputDescription, NodeCatalog } from "../src/node/description.ts";
import type { SocketName, ValueSchema } from "../src/schema/value-schema.ts";

const socket = (name: SocketName): ValueSchema => ({ type: "socket", name });
const required = (schema: ValueSchema): InputDescription => ({ schema, required: true });
const optional = (schema: ValueSchema, value?: InputDescription["default"]): InputDescription => ({
  schema,
  required: false,
  ...(value !== undefined && { default: value }),
});

type Sockets = { readonly [name: string]: ValueSchema };

function node(type: string, inputs: CatalogNode["inputs"], outputs: Sockets, more: Partial<CatalogNode> = {}) {
  const described = Object.fromEntries(Object.entries(outputs).map(([name, schema]) => [name, { schema }]));
  const text = { title: type, category: "Test", description: `A ${type} node.` };
  return { type, version: 1, ...text, inputs, outputs: described, resource: "cpu", pack: "test", ...more } as const;
}

const nodes: readonly CatalogNode[] = [
  node("image/load", { source: required(socket("file")) }, { image: socket("image"), width: { type: "integer" } }),
  node(
    "mask/polygon",
    {
      image: required(socket("image")),
      points: required({
        type: "list",
        items: { type: "tuple", items: [{ type: "number" }, { type: "number" }] },
        minItems: 3,
      }),
    },
    { mask: socket("mask") },
  ),
  node(
    "mask/feather",
    { mask: required(socket("mask")), radius: optional({ type: "integer", min: 0, max: 512 }, 16) },
    { mask: socket("mask") },
  ),
  node(
    "test/inpaint",
    {
      image: required(socket("image")),
      mask: required(socket("mask")),
      prompt: required({ type: "string", minLength: 1 }),
      mode: optional({ type: "enum", values: ["fast", "good"] }, "good"),
      seed: optional({ type: "integer", min: 0, max: 4294967295 }, 0),
    },
    { image: socket("image") },
  ),
  node("test/renewed", { image: optional(socket("image")) }, { image: socket("image") }, { version: 2 }),
  node(
    "test/moved",
    { photo: required(socket("image")) },
    { image: socket("image") },
    { version: 2, migrations: [{ to: 2, rename: { image: "photo" } }] },
  ),
  node("test/stack", { images: required({ type: "list", items: socket("image") }) }, { image: socket("image") }),
  node(
    "image/save",
    { image: required(socket("image")), name: optional({ type: "string" }) },
    { image: socket("image") },
    { isOutput: true },
  ),
];

/** A handful of nodes for tests of the format, the checks and the JSON Schema. */
export const smallCatalog: NodeCatalog = {
  packs: { test: { name: "test", version: "1.2.0", cacheEpoch: 1 } },
  nodes: Object.fromEntries(nodes.map((described) => [described.type, described])),
};
