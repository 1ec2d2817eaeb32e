import type { z } from "zod";
import type { $ZodCheck, $ZodChecks, $ZodType, $ZodTypes } from "zod/v4/core";
import type { JsonValue } from "../json.ts";
import type { SocketName, ValueSchema } from "./value-schema.ts";

/** What a zod schema says, apart from code: its value schema, presence, default and `.meta()`. */
export interface CompiledSchema {
  readonly schema: ValueSchema;
  readonly optional: boolean;
  readonly default?: JsonValue;
  readonly meta: SchemaMeta;
}

/** The hints that `.meta({ … })` may carry. */
interface SchemaMeta {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly unit?: string | undefined;
  readonly widget?: string | undefined;
  readonly step?: number | undefined;
  readonly advanced?: boolean | undefined;
  readonly subWorkflow?: boolean | undefined;
  /** Marks the engine's own handle types; not for definitions. */
  readonly socket?: SocketName | "json" | undefined;
}

/**
 * Compiles a zod schema to the closed subset of `ValueSchema`.
 *
 * Looks through `.default()` and `.optional()`, which hide `.meta()` from zod's own reader. Throws a `TypeError` for
 * everything that data cannot say (`.refine`, `.transform`, `z.custom`, `z.any`, …) instead of dropping it in silence.
 */
export function compileZod(type: z.ZodType): CompiledSchema {
  const meta = type.meta() ?? {};
  const { def } = (type as unknown as $ZodTypes)._zod;
  if (def.type === "default" || def.type === "optional") {
    const inner = compileZod(asClassic(def.innerType));
    const fallback = def.type === "default" ? { default: def.defaultValue as JsonValue } : {};
    return { ...inner, ...fallback, optional: true, meta: { ...inner.meta, ...meta } };
  }
  return { schema: compileType(type, meta), optional: false, meta };
}

function asClassic(type: $ZodType): z.ZodType {
  return type as z.ZodType;
}

function compileType(type: z.ZodType, meta: SchemaMeta): ValueSchema {
  if (meta.socket === "json") return { type: "json" };
  if (meta.socket !== undefined) return { type: "socket", name: meta.socket };
  const { def } = (type as unknown as $ZodTypes)._zod;
  switch (def.type) {
    case "number":
      return { type: isInteger(def) ? "integer" : "number", ...compileChecks(def.checks) };
    case "string":
      return { type: "string", ...compileChecks(stringChecks(def)) };
    case "boolean":
      return refuseChecks(def.checks, { type: "boolean" });
    case "literal":
      return compileLiteral(def.values);
    case "enum":
      return { type: "enum", values: Object.values(def.entries) };
    case "tuple":
      if (def.rest) return unsupported("a tuple with a rest");
      return refuseChecks(def.checks, { type: "tuple", items: def.items.map(plain) });
    case "object":
      return refuseChecks(def.checks, compileObject(def.shape));
    case "array":
      return compileList(def.element, def.checks);
    case "union":
      return refuseChecks(def.checks, { type: "union", options: def.options.map(plain) });
    default:
      return unsupported(`z.${def.type}()`);
  }
}

/** A schema inside another: it has neither a default nor leave to be absent. */
function plain(type: $ZodType): ValueSchema {
  const { schema, optional } = compileZod(asClassic(type));
  return optional ? unsupported(".optional() or .default() inside another schema") : schema;
}

function compileObject(shape: Readonly<Record<string, $ZodType>>): ValueSchema {
  const fields: Record<string, ValueSchema> = {};
  const optional: string[] = [];
  for (const [name, type] of Object.entries(shape)) {
    const field = compileZod(asClassic(type));
    fields[name] = field.schema;
    if (field.optional) optional.push(name);
  }
  return { type: "object", fields, optional };
}

function compileList(element: $ZodType, checks: Checks): ValueSchema {
  const items = plain(element);
  if (items.type === "list") return unsupported("a list of lists");
  const { minLength: minItems, maxLength: maxItems } = compileChecks(checks);
  return {
    type: "list",
    items,
    ...(minItems === undefined ? {} : { minItems }),
    ...(maxItems === undefined ? {} : { maxItems }),
  };
}

function compileLiteral(values: readonly unknown[]): ValueSchema {
  const scalars = values.filter((value) => value === null || ["string", "number", "boolean"].includes(typeof value));
  if (scalars.length !== values.length) return unsupported("a literal that JSON cannot hold");
  const options = scalars.map(
    (value) => ({ type: "const", value: value as string | number | boolean | null }) as const,
  );
  return options.length === 1 ? options[0]! : { type: "union", options };
}

type Checks = readonly $ZodCheck[] | undefined;

interface Bounds {
  min?: number;
  max?: number;
  exclusiveMin?: number;
  exclusiveMax?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
}

function compileChecks(checks: Checks): Bounds {
  const bounds: Bounds = {};
  for (const check of checks ?? []) Object.assign(bounds, compileCheck(check));
  return bounds;
}

function compileCheck(check: $ZodCheck): Bounds {
  const { def } = (check as $ZodChecks)._zod;
  switch (def.check) {
    case "greater_than":
      return def.inclusive ? { min: Number(def.value) } : { exclusiveMin: Number(def.value) };
    case "less_than":
      return def.inclusive ? { max: Number(def.value) } : { exclusiveMax: Number(def.value) };
    case "multiple_of":
      return { multipleOf: Number(def.value) };
    case "min_length":
      return { minLength: def.minimum };
    case "max_length":
      return { maxLength: def.maximum };
    case "length_equals":
      return { minLength: def.length, maxLength: def.length };
    case "number_format":
      return def.format === "safeint" ? {} : unsupported(`the number format ${def.format}`);
    case "string_format":
      return def.format === "regex" && def.pattern
        ? { pattern: def.pattern.source }
        : unsupported(`the string format ${def.format}`);
    default:
      return unsupported(`a check of kind ${(def as { check: string }).check}`);
  }
}

function isInteger(def: { checks?: Checks; format?: unknown }): boolean {
  const formats = [
    def.format,
    ...(def.checks ?? []).map((check) => ("format" in check._zod.def ? check._zod.def.format : undefined)),
  ];
  return formats.includes("safeint");
}

/** `z.url()` and its like are checks of their own on the type itself. */
function stringChecks(def: { checks?: Checks; format?: string }): Checks {
  return def.format === undefined ? def.checks : unsupported(`the string format ${def.format}`);
}

function refuseChecks(checks: Checks, schema: ValueSchema): ValueSchema {
  for (const check of checks ?? []) unsupported(`a check of kind ${check._zod.def.check}`);
  return schema;
}

function unsupported(what: string): never {
  throw new TypeError(`A node's inputs and outputs are data: ${what} cannot be described. Put such a rule into run().`);
}
