import { isJsonObject, type JsonObject, type JsonValue } from "@inlay/engine";
import { mediaOf } from "./media-fields.ts";
import { modelError } from "./model-error.ts";
import type { ModelField, ModelSchema } from "./model-schema.ts";
import { readValue } from "./read-value.ts";
import { usableDefault } from "./sample-default.ts";
import { walkSchema, type SchemaPlace, type SchemaWalk } from "./schema-walk.ts";

/** Names that would mean something else to JavaScript. */
const forbiddenNames: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Understands a model's JSON Schema, which is data of unknown origin: nothing in it is fetched or executed, and no host
 * can be set by it. What is odd is noted and not fatal; see `notes`.
 *
 * Understood besides JSON Schema: the type `float`; `nullable`; media fields with or without `format: image_uri`;
 * `required` naming what is not defined; choices of mixed types; and defaults that are only samples.
 *
 * Errors: `model.not-a-schema`, `model.remote-ref`, `model.recursive`, `model.too-deep`, `model.unsafe-pattern`.
 */
export function readModelSchema(json: unknown): ModelSchema {
  const root = rootOf(json);
  const walk = walkSchema(root);
  const place = walk.enter(root, "")!;
  const fields = readFields(walk, place);
  const title = textOf(place.schema.title);
  const description = textOf(place.schema.description);
  return {
    fields,
    closed: place.schema.additionalProperties === false,
    notes: walk.notes(),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
  };
}

/** The schema itself, also where it stands in the service's own answer about a model (`input_schema`). */
function rootOf(json: unknown): JsonObject {
  const inner = isJsonObject(json) && isJsonObject(json.input_schema) ? json.input_schema : json;
  if (isJsonObject(inner) && (isJsonObject(inner.properties) || typeof inner.$ref === "string")) return inner;
  throw modelError("model.not-a-schema", "This is not the JSON Schema of a model's input.", {
    expected: "an object with `properties`",
    received: isJsonObject(json)
      ? `an object with ${Object.keys(json).slice(0, 5).join(", ") || "nothing in it"}`
      : typeof json,
  });
}

function readFields(walk: SchemaWalk, { schema, path }: SchemaPlace): readonly ModelField[] {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const required = requiredNames(walk, schema, properties, path);
  return Object.entries(properties).flatMap(([name, property]) => {
    const at = path === "" ? `properties.${name}` : `${path}.properties.${name}`;
    if (!/^[\w$.-]{1,128}$/.test(name) || forbiddenNames.has(name)) {
      walk.note(`\`${at.slice(0, 200)}\` has a name that is not taken: it is left out.`);
      return [];
    }
    return property === false ? [] : [readField(walk, { name, property, at, required: required.has(name) })];
  });
}

interface FieldSource {
  readonly name: string;
  readonly property: JsonValue;
  readonly at: string;
  readonly required: boolean;
}

function readField(walk: SchemaWalk, { name, property, at, required }: FieldSource): ModelField {
  const value = readValue(walk, property, at, readFields);
  const place = walk.enter(property, at);
  const schema = place?.schema ?? {};
  if (place) walk.leave();
  const title = textOf(schema.title);
  const description = textOf(schema.description);
  const field: ModelField = {
    name,
    value,
    required,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...mediaOf(name, value, schema),
  };
  const fallback = usableDefault(field, schema.default);
  if (fallback === "unfit") walk.note(`The default of \`${at}\` does not satisfy its own schema: it is left out.`);
  return typeof fallback === "object" ? { ...field, default: fallback.value } : field;
}

function requiredNames(
  walk: SchemaWalk,
  schema: JsonObject,
  properties: JsonObject,
  path: string,
): ReadonlySet<string> {
  const names = Array.isArray(schema.required) ? (schema.required as readonly JsonValue[]) : [];
  const known = names.filter((name): name is string => typeof name === "string" && Object.hasOwn(properties, name));
  for (const name of names) {
    if (typeof name === "string" && known.includes(name)) continue;
    const where = path === "" ? "`required`" : `\`${path}.required\``;
    walk.note(`${where} names ${JSON.stringify(name).slice(0, 100)}, which is not defined: it is not asked for.`);
  }
  return new Set(known);
}

/** Texts of a schema are shown in forms, help and terminals: one line, no control characters, not without end. */
function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return text === "" ? undefined : text.length > 1000 ? `${text.slice(0, 999)}…` : text;
}
