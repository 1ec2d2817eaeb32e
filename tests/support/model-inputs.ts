import type { JsonObject, JsonValue } from "@inlay/engine";
import fc from "fast-check";

/**
 * Inputs for a model: mostly what its schema takes, each part now and then at a limit, beyond it, of another type, or
 * absent; made by the schema's keywords alone, so that it knows nothing of either check.
 */
export function inputsFor(schema: JsonObject): fc.Arbitrary<JsonValue> {
  return fc.oneof({ weight: 40, arbitrary: valueFor(schema, schema) }, { weight: 1, arbitrary: anything });
}

const anything: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    0,
    1,
    -1,
    0.5,
    1e9,
    "",
    "auto",
    "https://example.com/a",
    [],
    {},
    [1],
    ["a"],
  ),
  fc.string({ maxLength: 5 }),
  fc.integer({ min: -1000, max: 1000 }),
);

function valueFor(root: JsonObject, node: JsonValue | undefined): fc.Arbitrary<JsonValue> {
  if (!isObject(node)) return anything;
  return fc.oneof({ weight: 60, arbitrary: likely(root, node) }, { weight: 1, arbitrary: anything });
}

function likely(root: JsonObject, node: JsonObject): fc.Arbitrary<JsonValue> {
  if (typeof node.$ref === "string") return valueFor(root, pointed(root, node.$ref));
  if ("const" in node) return fc.constant(node.const ?? null);
  if (Array.isArray(node.enum)) return fc.constantFrom(...(node.enum as JsonValue[]));
  for (const key of ["anyOf", "oneOf", "allOf"]) {
    if (Array.isArray(node[key])) return fc.oneof(...(node[key] as JsonValue[]).map((part) => valueFor(root, part)));
  }
  const types = (Array.isArray(node.type) ? node.type : [node.type]) as (JsonValue | undefined)[];
  const options = types.map((type) => ofType(root, node, type));
  return node.nullable === true ? fc.oneof(...options, fc.constant(null)) : fc.oneof(...options);
}

function ofType(root: JsonObject, node: JsonObject, type: JsonValue | undefined): fc.Arbitrary<JsonValue> {
  switch (type) {
    case "string":
      return text(node);
    case "integer":
    case "number":
    case "float":
      return number(node, type === "integer");
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "array":
      return fc.array(valueFor(root, node.items), { maxLength: limit(node.maxItems, 3) + 1 });
    case "object":
      return members(root, node);
    default:
      return anything;
  }
}

/** Emojis count as one character each, or as two by who counts wrong. */
const characters = fc.constantFrom("a", "b", " ", "c", "/", ":", "é", "🍏", "\u{10FFFF}", "\ud800");

function text(node: JsonObject): fc.Arbitrary<string> {
  const [least, most] = [limit(node.minLength, 0), limit(node.maxLength, 12)];
  const written = fc
    .array(characters, { minLength: Math.max(0, least - 1), maxLength: most + 1 })
    .map((letters) => letters.join(""));
  if (node.pattern === undefined) return written;
  const near = fc.constantFrom(
    "#a0b1c2",
    "#A0B1C2",
    "#fff",
    "https://example.com/lora",
    "https://a.b/",
    "https://EXAMPLE/",
    "x",
  );
  return fc.oneof({ weight: 9, arbitrary: near }, { weight: 1, arbitrary: written });
}

function number(node: JsonObject, isInteger: boolean): fc.Arbitrary<number> {
  const least = limit(node.minimum ?? node.exclusiveMinimum, -1000);
  const most = limit(node.maximum ?? node.exclusiveMaximum, 100_000);
  const step = limit(node.multipleOf, isInteger ? 1 : 0.05);
  const inside = fc.integer({ min: Math.ceil(least / step), max: Math.floor(most / step) }).map((n) => n * step);
  const edges = fc.constantFrom(least, most, least - step, most + step, least + step / 2, 2 ** 53 - 1);
  // Nearer to a step than that is a matter of the checks' tolerance, and of nobody's interest.
  const any = fc.double({ min: least, max: most, noNaN: true }).map((value) => Math.round(value * 1e5) / 1e5);
  return fc.oneof({ weight: 30, arbitrary: inside }, { weight: 2, arbitrary: edges }, { weight: 1, arbitrary: any });
}

function members(root: JsonObject, node: JsonObject): fc.Arbitrary<JsonValue> {
  const required = Array.isArray(node.required) ? (node.required as JsonValue[]) : [];
  const properties = Object.entries(node.properties as JsonObject).map(([name, property]) => {
    const present = /image/i.test(name)
      ? fc.oneof(addresses(property), valueFor(root, property))
      : valueFor(root, property);
    const absent = fc.constant(undefined);
    const usual = required.includes(name) ? 60 : 1;
    return [name, fc.oneof({ weight: usual, arbitrary: present }, { weight: 1, arbitrary: absent })] as const;
  });
  const surplus = fc.oneof(
    { weight: 40, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom<JsonObject>({ surplus: 1 }, { missing: [] }, { images: 7 }) },
  );
  return fc.tuple(fc.record(Object.fromEntries(properties)), surplus).map(([record, more]) => {
    const present = Object.entries(record).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
    return { ...Object.fromEntries(present), ...more };
  });
}

/** What somebody gives for a picture. */
function addresses(property: JsonValue | undefined): fc.Arbitrary<JsonValue> {
  const one = fc.constantFrom("https://example.com/a.png", "https://example.com/b.png");
  return isObject(property) && property.type === "array" ? fc.array(one, { minLength: 1, maxLength: 3 }) : one;
}

function limit(value: JsonValue | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function pointed(root: JsonObject, reference: string): JsonValue | undefined {
  return reference
    .split("/")
    .slice(1)
    .reduce<JsonValue | undefined>((place, name) => (isObject(place) ? place[name] : undefined), root);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
