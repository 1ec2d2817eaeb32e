import { Json } from "@inlay/engine";
import { z } from "zod";
import { isNull } from "./media-fields.ts";
import type { ModelField, ModelNumber, ModelObject, ModelValue } from "./model-schema.ts";

/**
 * What a type is for. `form`: an input of a node, which data must be able to describe; it may be narrower than the
 * schema, never wider. `body`: exactly what the schema says, for the request.
 */
type Use = "form" | "body";

/** The zod type of a model's value. */
export function valueType(value: ModelValue, use: Use): z.ZodType {
  switch (value.type) {
    case "string":
      return stringType(value, use);
    case "integer":
      return bounded(z.int(), value);
    case "number":
      return bounded(z.number(), value);
    case "boolean":
      return z.boolean();
    case "choice":
      return choiceType(value.values);
    case "list": {
      // A list of lists cannot travel on a link.
      if (use === "form" && value.items.type === "list") return Json;
      let list = z.array(valueType(value.items, use));
      if (value.minItems !== undefined) list = list.min(value.minItems);
      if (value.maxItems !== undefined) list = list.max(value.maxItems);
      return list;
    }
    case "object":
      return objectType(value, use);
    case "union":
      return unionType(value, use);
    case "json":
      return Json;
  }
}

/** The zod type of an object, such as a request's whole body. */
export function objectType({ fields, closed }: Omit<ModelObject, "type">, use: Use): z.ZodType {
  const shape = Object.fromEntries(fields.map((field) => [field.name, memberType(field, use)]));
  return use === "form" || closed ? z.strictObject(shape) : z.looseObject(shape);
}

function memberType({ value, required }: ModelField, use: Use): z.ZodType {
  const type = valueType(value, use);
  return required ? type : type.optional();
}

function stringType(value: Extract<ModelValue, { type: "string" }>, use: Use): z.ZodType {
  const { minLength = 0, maxLength = Infinity, pattern } = value;
  const text = pattern === undefined ? z.string() : z.string().regex(new RegExp(pattern, "u"));
  if (use === "body") {
    // JSON Schema counts code points; zod counts UTF-16 units.
    return text.refine((it) => inRange(Array.from(it).length, minLength, maxLength));
  }
  const least = minLength > 0 ? text.min(minLength) : text;
  return maxLength < Infinity ? least.max(maxLength) : least;
}

function inRange(length: number, least: number, most: number): boolean {
  return length >= least && length <= most;
}

function bounded(type: z.ZodNumber, { min, max, exclusiveMin, exclusiveMax, multipleOf }: ModelNumber): z.ZodType {
  let bounds = type;
  if (min !== undefined) bounds = bounds.min(min);
  if (max !== undefined) bounds = bounds.max(max);
  if (exclusiveMin !== undefined) bounds = bounds.gt(exclusiveMin);
  if (exclusiveMax !== undefined) bounds = bounds.lt(exclusiveMax);
  return multipleOf === undefined ? bounds : bounds.multipleOf(multipleOf);
}

function choiceType(values: Extract<ModelValue, { type: "choice" }>["values"]): z.ZodType {
  const words = values.filter((value): value is string | number => !["boolean", "object"].includes(typeof value));
  if (words.length < values.length) return z.literal([...values]);
  // zod takes an enum's members by name, and a name that is a number for something else.
  return z.enum(Object.fromEntries(words.map((word, i) => [`choice${i}`, word])));
}

function unionType({ options, exactlyOne }: Extract<ModelValue, { type: "union" }>, use: Use): z.ZodType {
  const types = options.map((option) => valueType(option, use));
  const union = z.union(types);
  if (use === "form" || !exactlyOne) return union;
  return union.refine((value) => types.filter((type) => type.safeParse(value).success).length === 1);
}

/** What a value may be besides absent, which an optional input need not write as `null`. */
export function withoutNull(value: ModelValue): ModelValue {
  if (value.type !== "union") return value;
  const options = value.options.filter((option) => !isNull(option));
  if (options.length === 0) return value;
  return options.length === 1 ? options[0]! : { ...value, options };
}
