// oxlint-disable unicorn/no-thenable -- `then` is a keyword of JSON Schema; nobody awaits these objects
import type { JsonObject, JsonValue } from "../json.ts";
import type { CatalogNode, InputDescription, NodeCatalog } from "../node/description.ts";
import type { NumberSchema, StringSchema, ValueSchema } from "../schema/value-schema.ts";
import { httpsUrl, idPattern, sha256Pattern } from "./names.ts";
import { longestTimeout, namedInputTypes } from "./workflow.ts";

/** The `$id` of the format's JSON Schema; a name, not an address. */
const workflowSchemaId = "urn:inlay:workflow:1";

/**
 * The workflow file as a JSON Schema (draft 2020-12), for editors that complete and check while one types.
 *
 * With a catalogue it also says which inputs each known node type has and what they may be. It cannot say what takes
 * more than one place of the file, such as links to nodes that do not exist: that is the matter of `checkWorkflow`.
 */
export function workflowJsonSchema(catalog?: NodeCatalog): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: workflowSchemaId,
    title: "Inlay workflow",
    type: "object",
    required: ["inlay"],
    properties: {
      $schema: text,
      inlay: { const: 1, description: "The version of the format." },
      name: text,
      description: text,
      ...graphProperties,
      packs: { type: "object", additionalProperties: text, description: "Pack name to version range; only compared." },
      assets: { type: "object", propertyNames: { pattern: sha256Pattern.source }, additionalProperties: asset },
      workflows: recordOf({ type: "object", properties: graphProperties }),
    },
    $defs: {
      ...definitions,
      node: catalog ? { ...node, allOf: Object.values(catalog.nodes).map(nodeRule) } : node,
    },
  };
}

const text = { type: "string" };
const number = { type: "number" };
const ref = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` });

function recordOf(items: JsonObject): JsonObject {
  return { type: "object", propertyNames: { pattern: idPattern.source }, additionalProperties: items };
}

const graphProperties: JsonObject = {
  inputs: recordOf(ref("namedInput")),
  outputs: recordOf(ref("namedOutput")),
  nodes: recordOf(ref("node")),
  view: { type: "object", description: "Layout only: never part of the meaning." },
};

const labels = { title: text, description: text, order: number };

const asset: JsonObject = {
  type: "object",
  required: ["name", "mime", "size"],
  oneOf: [{ required: ["path"] }, { required: ["data"] }],
  properties: {
    name: { type: "string", pattern: "^[^/\\\\]+$" },
    mime: { type: "string", minLength: 1 },
    size: { type: "integer", minimum: 0 },
    path: ref("path"),
    data: { type: "string", contentEncoding: "base64" },
  },
};

const node: JsonObject = {
  type: "object",
  required: ["type", "version"],
  properties: {
    type: { type: "string", minLength: 1 },
    version: { type: "integer", minimum: 1 },
    title: text,
    disabled: { enum: ["mute", "bypass"] },
    each: { enum: ["zip", "product"], description: "How lists go together: in step, or each item with each." },
    timeout: {
      type: "number",
      exclusiveMinimum: 0,
      maximum: longestTimeout,
      description: "Seconds after which the node is stopped. Of a remote job it ends the waiting only.",
    },
    inputs: { type: "object", additionalProperties: ref("value") },
    pinned: {
      type: "object",
      additionalProperties: ref("pinnedValue"),
      description: "Outputs that stand for what the node would make: it never runs.",
    },
  },
};

/** An object with one `$` key. */
function reference(key: string, argument: JsonObject): JsonObject {
  return { type: "object", required: [key], additionalProperties: false, properties: { [key]: argument } };
}

const id = { type: "string", pattern: idPattern.source };

const definitions: JsonObject = {
  namedInput: {
    type: "object",
    required: ["type"],
    properties: {
      type: { enum: [...namedInputTypes] },
      default: ref("defaultValue"),
      ...labels,
      min: number,
      max: number,
      values: { type: "array", items: { anyOf: [text, number] } },
    },
  },
  namedOutput: {
    type: "object",
    required: ["node", "output"],
    properties: { node: id, output: { type: "string", minLength: 1 }, ...labels },
  },
  path: {
    type: "string",
    description: "Relative to the workspace, with / between folders.",
    pattern: "^(?!/)(?![A-Za-z][A-Za-z0-9+.-]*:)(?!(.*/)?\\.\\.(/|$))[^\\\\\\u0000-\\u001f\\u007f]+$",
  },
  link: reference("$link", {
    type: "array",
    prefixItems: [id, { type: "string", minLength: 1 }],
    minItems: 2,
    items: false,
    description: "A node's id and the name of one of its outputs.",
  }),
  input: reference("$input", { ...id, description: "The name of a named input." }),
  url: { type: "string", description: "An https URL, fetched when the workflow runs.", pattern: httpsUrl.source },
  file: reference("$file", { anyOf: [ref("path"), ref("url")] }),
  asset: reference("$asset", { type: "string", pattern: sha256Pattern.source }),
  seed: reference("$seed", { enum: ["random", "increment"] }),
  reference: { anyOf: ["link", "input", "file", "asset", "seed"].map(ref) },
  literal: {
    if: { type: "object" },
    then: { type: "object", propertyNames: { pattern: "^(?!\\$)" }, additionalProperties: ref("literal") },
    else: { if: { type: "array" }, then: { type: "array", items: ref("literal") } },
  },
  defaultValue: { anyOf: ["file", "asset", "seed", "literal"].map(ref) },
  pinnedValue: {
    anyOf: [
      ...["file", "asset", "literal"].map(ref),
      { type: "array", items: { anyOf: ["file", "asset", "literal"].map(ref) } },
    ],
  },
  value: {
    anyOf: [ref("reference"), ref("literal"), { type: "array", items: { anyOf: [ref("reference"), ref("literal")] } }],
  },
};

/** What holds for nodes of one type. Required inputs are demanded only of nodes that run. */
function nodeRule({ type, description, version, inputs, outputs }: CatalogNode): JsonObject {
  const required = Object.keys(inputs).filter((name) => inputs[name]?.required);
  const known = {
    type: "object",
    additionalProperties: false,
    properties: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, inputProperty(input)])),
  };
  return {
    if: { required: ["type"], properties: { type: { const: type }, version: { const: version } } },
    then: {
      description,
      properties: { inputs: known, pinned: { type: "object", propertyNames: { enum: Object.keys(outputs) } } },
      if: { not: { anyOf: [{ required: ["disabled"] }, { required: ["pinned"] }] } },
      then: required.length === 0 ? {} : { required: ["inputs"], properties: { inputs: { type: "object", required } } },
    },
  };
}

function inputProperty({ schema, default: value, title, description }: InputDescription): JsonObject {
  return {
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(value !== undefined && { default: value }),
    anyOf: [ref("reference"), ...literalsOf(schema)],
  };
}

/** A value schema in the words of JSON Schema; nothing for what a literal cannot be. */
function literalsOf(schema: ValueSchema): JsonObject[] {
  switch (schema.type) {
    case "integer":
    case "number":
      return [numberLiteral(schema)];
    case "string":
      return [stringLiteral(schema)];
    case "boolean":
      return [{ type: "boolean" }];
    case "const":
      return [{ const: schema.value }];
    case "enum":
      return [{ enum: [...schema.values] }];
    case "tuple":
      return [{ type: "array", prefixItems: schema.items.map(literalOf), minItems: schema.items.length, items: false }];
    case "object":
      return [objectLiteral(schema)];
    case "list":
      return [listLiteral(schema)];
    case "union":
      return schema.options.flatMap(literalsOf);
    case "socket":
      return [];
    case "json":
      return [ref("literal")];
  }
}

/** As a part of a literal, where a handle cannot stand at all. */
function literalOf(schema: ValueSchema): JsonObject | false {
  const options = literalsOf(schema);
  return options.length > 1 ? { anyOf: options } : (options[0] ?? false);
}

function numberLiteral({ type, min, max, exclusiveMin, exclusiveMax, multipleOf }: NumberSchema): JsonObject {
  return defined({
    type,
    minimum: min,
    maximum: max,
    exclusiveMinimum: exclusiveMin,
    exclusiveMaximum: exclusiveMax,
    multipleOf,
  });
}

function stringLiteral({ minLength, maxLength, pattern }: StringSchema): JsonObject {
  return defined({ type: "string", minLength, maxLength, pattern });
}

function objectLiteral({ fields, optional }: Extract<ValueSchema, { type: "object" }>): JsonObject {
  return {
    type: "object",
    additionalProperties: false,
    required: Object.keys(fields).filter((name) => !optional.includes(name)),
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, literalOf(field)])),
  };
}

function listLiteral({ items, minItems, maxItems }: Extract<ValueSchema, { type: "list" }>): JsonObject {
  return defined({ type: "array", items: { anyOf: [ref("reference"), ...literalsOf(items)] }, minItems, maxItems });
}

function defined(members: { readonly [key: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
