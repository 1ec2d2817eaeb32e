import type { ListSchema, ObjectSchema, ValueSchema } from "./value-schema.ts";

/**
 * Whether a link may carry values of `from` into an input of `to`.
 *
 * Types must fit; ranges, choices and patterns need not, because the value itself is checked when it arrives. So a
 * `string` may feed an enum and an `integer` a narrower one, but never a `number` an `integer` or a `mask` an `image`.
 */
export function assignable(from: ValueSchema, to: ValueSchema): boolean {
  if (from.type === "union") return from.options.some((option) => assignable(option, to));
  if (to.type === "union") return to.options.some((option) => assignable(from, option));
  if (to.type === "json") return holdsJson(from);
  switch (from.type) {
    case "json":
      return holdsJson(to);
    case "socket":
      return to.type === "socket" && to.name === from.name;
    case "list":
      return to.type === "list" && assignable(from.items, to.items);
    case "tuple":
      return (
        to.type === "tuple" &&
        to.items.length === from.items.length &&
        from.items.every((item, i) => assignable(item, to.items[i]!))
      );
    case "object":
      return to.type === "object" && fieldsFit(from, to);
    case "string":
    case "integer":
    case "number":
    case "boolean":
      // The commonest links are answered without a list of types for each side.
      return from.type === to.type || scalarsFit([from.type], scalarTypes(to));
    default:
      return scalarsFit(scalarTypes(from), scalarTypes(to));
  }
}

/** Whether an output of `made` may be linked to an input of `takes`: as it is, item by item, or as a list of one. */
export function canFeed(made: ValueSchema, takes: ValueSchema): boolean {
  const list = listIn(takes);
  return (
    assignable(made, takes) ||
    (made.type === "list" && assignable(made.items, takes)) ||
    (list !== undefined && assignable(made, list.items))
  );
}

/** The list that a schema is, or that is one of its options. */
export function listIn(schema: ValueSchema): ListSchema | undefined {
  if (schema.type === "list") return schema;
  return schema.type === "union" ? schema.options.find((option) => option.type === "list") : undefined;
}

function holdsJson(schema: ValueSchema): boolean {
  switch (schema.type) {
    case "socket":
      return false;
    case "list":
      return holdsJson(schema.items);
    case "tuple":
      return schema.items.every(holdsJson);
    case "object":
      return Object.values(schema.fields).every(holdsJson);
    case "union":
      return schema.options.some(holdsJson);
    default:
      return true;
  }
}

function fieldsFit(from: ObjectSchema, to: ObjectSchema): boolean {
  const known = Object.entries(from.fields).every(
    ([name, field]) => to.fields[name] && assignable(field, to.fields[name]),
  );
  const complete = Object.keys(to.fields).every(
    (name) => to.optional.includes(name) || (from.fields[name] && !from.optional.includes(name)),
  );
  return known && complete;
}

type Scalar = "string" | "integer" | "number" | "boolean" | "null";

function scalarTypes(schema: ValueSchema): readonly Scalar[] {
  switch (schema.type) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return [schema.type];
    case "const":
      return [scalarOf(schema.value)];
    case "enum":
      return [...new Set(schema.values.map(scalarOf))];
    default:
      return [];
  }
}

function scalarOf(value: string | number | boolean | null): Scalar {
  if (value === null) return "null";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value === "string" ? "string" : "boolean";
}

function scalarsFit(from: readonly Scalar[], to: readonly Scalar[]): boolean {
  return from.some((type) => to.includes(type) || (type === "integer" && to.includes("number")));
}
