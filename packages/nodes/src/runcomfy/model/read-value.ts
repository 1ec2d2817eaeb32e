import { isJsonObject, type JsonObject, type JsonValue } from "@inlay/engine";
import { modelError } from "./model-error.ts";
import type { ChoiceValue, ModelField, ModelNumber, ModelValue } from "./model-schema.ts";
import { longestPatterned, patternProblem } from "./safe-pattern.ts";
import type { SchemaPlace, SchemaWalk } from "./schema-walk.ts";

/** Reads the members of an object; given to `readValue`, because members are values themselves. */
export type ReadFields = (walk: SchemaWalk, place: SchemaPlace) => readonly ModelField[];

/** What RunComfy writes for a number; JSON Schema has no such type. */
const typeNames: Readonly<Record<string, string>> = { float: "number", double: "number" };

/** Keywords that are left to the service, because neither a form nor a check here could say them. */
const leftAlone = [
  "not", "if", "then", "else", "contains", "uniqueItems", "patternProperties", "propertyNames", "minProperties",
  "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems",
]; // prettier-ignore

/** Reads what a value may be. What cannot be understood becomes `json`, which the service checks, and is noted. */
export function readValue(
  walk: SchemaWalk,
  value: JsonValue | undefined,
  path: string,
  fields: ReadFields,
): ModelValue {
  const place = walk.enter(value, path);
  try {
    if (!place) {
      if (value !== true && value !== undefined) walk.note(`\`${path}\` is not a schema: anything is taken.`);
      return { type: "json" };
    }
    for (const keyword of leftAlone) {
      if (Object.hasOwn(place.schema, keyword)) walk.note(`\`${keyword}\` of \`${path}\` is left to the service.`);
    }
    const understood = readSchema(walk, place, fields);
    return place.schema.nullable === true ? orNull(understood) : understood;
  } finally {
    if (place) walk.leave();
  }
}

function readSchema(walk: SchemaWalk, place: SchemaPlace, fields: ReadFields): ModelValue {
  const { schema, path } = place;
  if (Object.hasOwn(schema, "const")) return choice(walk, [schema.const ?? null], path);
  // Choices win over a type that some of them do not have, as in `type: string, enum: ["auto", 5]`.
  if (Array.isArray(schema.enum)) return choice(walk, schema.enum as readonly JsonValue[], path);
  const options = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(options) && options.length > 0) {
    const read = (options as readonly JsonValue[]).map((option, i) =>
      readValue(walk, option, `${path}.${schema.anyOf ? "anyOf" : "oneOf"}[${i}]`, fields),
    );
    if (schema.type !== undefined) walk.note(`\`type\` of \`${path}\` is left to the service.`);
    return read.length === 1 ? read[0]! : { type: "union", options: read, ...(!schema.anyOf && { exactlyOne: true }) };
  }
  if (Array.isArray(schema.allOf)) return readAllOf(walk, schema.allOf as readonly JsonValue[], path, fields);
  const types = Array.isArray(schema.type)
    ? (schema.type as readonly JsonValue[])
    : [schema.type ?? impliedType(schema)];
  const read = types.map((type) => readType(walk, place, type, fields));
  if (read.length > 1) return { type: "union", options: read };
  return read[0] ?? { type: "json" };
}

function readAllOf(walk: SchemaWalk, parts: readonly JsonValue[], path: string, fields: ReadFields): ModelValue {
  if (parts.length === 1) return readValue(walk, parts[0], `${path}.allOf[0]`, fields);
  walk.note(`\`allOf\` of \`${path}\` is left to the service: anything is taken.`);
  return { type: "json" };
}

function impliedType(schema: JsonObject): string | undefined {
  if (isJsonObject(schema.properties)) return "object";
  return schema.items === undefined ? undefined : "array";
}

function readType(walk: SchemaWalk, place: SchemaPlace, type: JsonValue | undefined, fields: ReadFields): ModelValue {
  const { schema, path } = place;
  switch (typeof type === "string" ? (typeNames[type] ?? type) : type) {
    case "string":
      return readString(walk, place);
    case "integer":
      return readNumber("integer", walk, place);
    case "number":
      return readNumber("number", walk, place);
    case "boolean":
      return { type: "boolean" };
    case "null":
      return { type: "choice", values: [null] };
    case "array":
      return readList(walk, place, fields);
    case "object":
      if (!isJsonObject(schema.properties)) return { type: "json" };
      return { type: "object", fields: fields(walk, place), closed: schema.additionalProperties === false };
    case undefined:
      return { type: "json" };
    default:
      walk.note(
        `\`${path}\` has the type ${JSON.stringify(type).slice(0, 60)}, which JSON Schema does not know: anything is taken.`,
      );
      return { type: "json" };
  }
}

function choice(walk: SchemaWalk, values: readonly JsonValue[], path: string): ModelValue {
  const scalars = values.filter((value): value is ChoiceValue => value === null || typeof value !== "object");
  if (scalars.length === values.length && scalars.length > 0) return { type: "choice", values: [...new Set(scalars)] };
  walk.note(`The choices of \`${path}\` are left to the service: anything is taken.`);
  return { type: "json" };
}

function readString(walk: SchemaWalk, { schema, path }: SchemaPlace): ModelValue {
  const minLength = limit(walk, schema, "minLength", path);
  const maxLength = limit(walk, schema, "maxLength", path);
  const { pattern } = schema;
  const lengths = { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) };
  if (typeof pattern !== "string") return { type: "string", ...lengths };
  const longest = Math.min(maxLength ?? longestPatterned, longestPatterned);
  const problem = patternProblem(pattern, longest);
  if (problem === undefined) return { type: "string", ...lengths, maxLength: longest, pattern };
  throw modelError("model.unsafe-pattern", `The schema has a pattern that is not taken: ${problem}.`, {
    where: `${path}.pattern`,
    received: JSON.stringify(pattern.slice(0, 200)),
  });
}

function readNumber(type: "integer" | "number", walk: SchemaWalk, { schema, path }: SchemaPlace): ModelNumber {
  const min = limit(walk, schema, "minimum", path);
  const max = limit(walk, schema, "maximum", path);
  const multipleOf = limit(walk, schema, "multipleOf", path);
  // Draft 4 writes `exclusiveMinimum: true` beside `minimum`.
  const exclusiveMin = schema.exclusiveMinimum === true ? min : limit(walk, schema, "exclusiveMinimum", path);
  const exclusiveMax = schema.exclusiveMaximum === true ? max : limit(walk, schema, "exclusiveMaximum", path);
  const isOpenBelow = exclusiveMin !== undefined && exclusiveMin >= (min ?? -Infinity);
  const isOpenAbove = exclusiveMax !== undefined && exclusiveMax <= (max ?? Infinity);
  return {
    type,
    ...(isOpenBelow ? { exclusiveMin } : min !== undefined && { min }),
    ...(isOpenAbove ? { exclusiveMax } : max !== undefined && { max }),
    ...(multipleOf !== undefined && multipleOf > 0 && { multipleOf }),
  };
}

function readList(walk: SchemaWalk, { schema, path }: SchemaPlace, fields: ReadFields): ModelValue {
  if (Array.isArray(schema.items) || schema.prefixItems !== undefined) {
    walk.note(`The items of \`${path}\` are left to the service: anything is taken.`);
    return { type: "json" };
  }
  const minItems = limit(walk, schema, "minItems", path);
  const maxItems = limit(walk, schema, "maxItems", path);
  return {
    type: "list",
    items: readValue(walk, schema.items, `${path}.items`, fields),
    ...(minItems !== undefined && { minItems }),
    ...(maxItems !== undefined && { maxItems }),
  };
}

function limit(walk: SchemaWalk, schema: JsonObject, keyword: string, path: string): number | undefined {
  const value = schema[keyword];
  if (value === undefined || value === null || typeof value === "boolean") return undefined;
  if (typeof value === "number") return value;
  walk.note(`\`${keyword}\` of \`${path}\` is not a number: it is left to the service.`);
  return undefined;
}

function orNull(value: ModelValue): ModelValue {
  return { type: "union", options: [value, { type: "choice", values: [null] }] };
}
