import { Ajv, type ValidateFunction } from "ajv";

/**
 * A check of the inputs that a model's published schema describes. Published schemas have oddities that ajv would refuse
 * or take for something that nobody meant; see `asJsonSchema`. Throws for a schema that is none.
 */
export function inputValidator<T>(schema: object): ValidateFunction<T> {
  // Steps such as 0.1 are not exact in binary: 0.3 counts as a multiple of it.
  return new Ajv({ strict: false, allErrors: true, multipleOfPrecision: 9, logger: false }).compile<T>(
    asJsonSchema(schema),
  );
}

type Node = Readonly<Record<string, unknown>>;

/** The types of JSON Schema. */
const TYPES: ReadonlySet<unknown> = new Set(["string", "number", "integer", "boolean", "object", "array", "null"]);

/**
 * The schema as JSON Schema knows it: the type `float` is `number`, other types that it does not know say nothing,
 * `required` names only what is defined, and choices that have several types are not held to one.
 */
function asJsonSchema(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_key, value: unknown) => (isNode(value) ? plain(value) : value)) as object;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function plain(node: Node): Node {
  const { type, required, ...rest } = node;
  const kept: Record<string, unknown> = { ...rest };
  const known = Array.isArray(type) ? knownTypes(type) : knownType(type);
  if (known !== undefined && !contradicts(known, node["enum"])) kept["type"] = known;
  if (required !== undefined) kept["required"] = definedOnly(required, node["properties"]);
  return kept;
}

/** A property may be called `type` itself: then it is a schema. */
function knownType(type: unknown): unknown {
  if (type === "float" || type === "double") return "number";
  return typeof type !== "string" || TYPES.has(type) ? type : undefined;
}

/** A list with a type that nobody knows allows anything. */
function knownTypes(types: readonly unknown[]): unknown {
  const known = types.map(knownType);
  return known.includes(undefined) ? undefined : known;
}

function contradicts(type: unknown, choices: unknown): boolean {
  if (!Array.isArray(choices) || typeof type !== "string") return false;
  const name = ["float", "integer"].includes(type) ? "number" : type;
  return choices.some((choice) => typeof choice !== name);
}

/** A property may be called `required` itself: then it is a schema, and no list. */
function definedOnly(required: unknown, properties: unknown): unknown {
  if (!Array.isArray(required) || !isNode(properties)) return required;
  return required.filter((name) => typeof name === "string" && Object.hasOwn(properties, name));
}
