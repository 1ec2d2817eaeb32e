import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { JsonPath } from "../diagnostics/diagnostic.ts";
import { suggestName } from "../diagnostics/suggest.ts";
import { isJsonObject } from "../json.ts";
import { describeSchema, describeValue } from "./describe-schema.ts";
import type { ListSchema, NumberSchema, ObjectSchema, SocketName, StringSchema, ValueSchema } from "./value-schema.ts";

/** One thing that is wrong with a value; `path` starts at the value itself. */
export interface ValueProblem {
  readonly code: Extract<DiagnosticCode, `input.${string}`>;
  readonly path: JsonPath;
  readonly expected: string;
  readonly received: string;
  readonly suggestion?: string;
}

/**
 * Checks a value against its schema: the one check behind files, forms, command line, callers and links.
 *
 * With `origin: "literal"` the value comes from a file, where a handle (image, mask, file) cannot stand; with `"value"`
 * it is what a caller or a node gave. Unions report the problems of the option that came closest.
 *
 * @example
 * checkValue({ type: "integer", min: 0, max: 512 }, 900, "literal");
 * // [{ code: "input.range", path: [], expected: "integer from 0 to 512", received: "the number 900", … }]
 */
export function checkValue(schema: ValueSchema, value: unknown, origin: "literal" | "value"): readonly ValueProblem[] {
  const problems: ValueProblem[] = [];
  check({ schema, value, path: [], origin, problems });
  return problems;
}

interface Check<S extends ValueSchema = ValueSchema> {
  readonly schema: S;
  readonly value: unknown;
  readonly path: JsonPath;
  readonly origin: "literal" | "value";
  readonly problems: ValueProblem[];
}

function check(c: Check): void {
  const { schema } = c;
  switch (schema.type) {
    case "integer":
    case "number":
      return checkNumber({ ...c, schema });
    case "string":
      return checkString({ ...c, schema });
    case "boolean":
      return typeof c.value === "boolean" ? undefined : refuse(c, "input.type");
    case "const":
      return c.value === schema.value ? undefined : refuse(c, "input.choice");
    case "enum":
      return checkChoice(c, schema.values);
    case "tuple":
      return checkTuple(c, schema.items);
    case "object":
      return checkObject({ ...c, schema });
    case "list":
      return checkList({ ...c, schema });
    case "union":
      return checkUnion(c, schema.options);
    case "socket":
      return checkSocket(c, schema.name);
    case "json":
      return isJson(c.value) ? undefined : refuse(c, "input.type");
  }
}

function refuse({ schema, value, path, problems }: Check, code: ValueProblem["code"], suggestion?: string): void {
  problems.push({
    code,
    path,
    expected: describeSchema(schema),
    received: describeValue(value),
    ...(suggestion === undefined ? {} : { suggestion }),
  });
}

function checkNumber(c: Check<NumberSchema>): void {
  const { schema, value } = c;
  if (typeof value !== "number" || !Number.isFinite(value)) return refuse(c, "input.type", numberInQuotes(value));
  if (schema.type === "integer" && !Number.isSafeInteger(value))
    return refuse(c, "input.type", `Use ${Math.round(value)}.`);
  const low = schema.min ?? schema.exclusiveMin ?? -Infinity;
  const high = schema.max ?? schema.exclusiveMax ?? Infinity;
  const tooLow = value < low || (value === low && schema.exclusiveMin === low);
  const tooHigh = value > high || (value === high && schema.exclusiveMax === high);
  if (tooLow || tooHigh) return refuse(c, "input.range", tooLow ? `The lowest is ${low}.` : `The highest is ${high}.`);
  if (schema.multipleOf !== undefined && !isMultiple(value, schema.multipleOf)) return refuse(c, "input.range");
}

function numberInQuotes(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))
    ? `Write ${Number(value)} without quotes.`
    : undefined;
}

/** Tolerates the rounding of binary fractions: 0.3 is a multiple of 0.1. */
function isMultiple(value: number, step: number): boolean {
  const quotient = value / step;
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient));
}

function checkString(c: Check<StringSchema>): void {
  const { schema, value } = c;
  if (typeof value !== "string") return refuse(c, "input.type");
  const { minLength = 0, maxLength = Infinity } = schema;
  // Counting is needed only where there are bounds and the units may differ from the code points.
  const length = minLength > 0 || maxLength < value.length ? codePoints(value) : value.length;
  const fits =
    length >= minLength &&
    length <= maxLength &&
    (schema.pattern === undefined || new RegExp(schema.pattern, "u").test(value));
  if (!fits) refuse(c, "input.pattern");
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function checkChoice(c: Check, values: readonly (string | number)[]): void {
  if (values.some((choice) => choice === c.value)) return;
  const nearest = typeof c.value === "string" ? suggestName(c.value, values.map(String)) : undefined;
  refuse(c, "input.choice", nearest === undefined ? undefined : `Did you mean \`${nearest}\`?`);
}

function checkTuple(c: Check, items: readonly ValueSchema[]): void {
  const { value } = c;
  if (!Array.isArray(value) || value.length !== items.length) return refuse(c, "input.type");
  items.forEach((schema, i) => check({ ...c, schema, value: value[i] as unknown, path: [...c.path, i] }));
}

function checkList(c: Check<ListSchema>): void {
  const { schema, value } = c;
  if (!Array.isArray(value)) return refuse(c, "input.type");
  if (value.length < (schema.minItems ?? 0)) return refuse(c, "input.range", `Give at least ${schema.minItems} items.`);
  if (value.length > (schema.maxItems ?? Infinity))
    return refuse(c, "input.range", `Give at most ${schema.maxItems} items.`);
  value.forEach((item: unknown, i) => check({ ...c, schema: schema.items, value: item, path: [...c.path, i] }));
}

function checkObject(c: Check<ObjectSchema>): void {
  const { schema, value } = c;
  if (!isJsonObject(value)) return refuse(c, "input.type");
  for (const name of Object.keys(value)) {
    const field = Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;
    if (field) check({ ...c, schema: field, value: value[name], path: [...c.path, name] });
    else refuse({ ...c, path: [...c.path, name] }, "input.unknown");
  }
  for (const name of Object.keys(schema.fields)) {
    if (!Object.hasOwn(value, name) && !schema.optional.includes(name))
      refuse({ ...c, path: [...c.path, name] }, "input.missing");
  }
}

function checkUnion(c: Check, options: readonly ValueSchema[]): void {
  let closest: ValueProblem[] | undefined;
  for (const schema of options) {
    const problems: ValueProblem[] = [];
    check({ ...c, schema, problems });
    if (problems.length === 0) return;
    if (!closest || rank(problems) > rank(closest)) closest = problems;
  }
  if (closest && rank(closest) > 0) c.problems.push(...closest);
  else refuse(c, options.every((option) => option.type === "socket") ? "input.needs-link" : "input.type");
}

/** A value of the right type in the wrong range is closer than one of another type. */
function rank(problems: readonly ValueProblem[]): number {
  return problems.some(({ code, path }) => path.length === 0 && (code === "input.type" || code === "input.needs-link"))
    ? 0
    : 1;
}

function checkSocket(c: Check, name: SocketName): void {
  if (c.origin === "literal") return refuse(c, "input.needs-link", "Link it to an output of that type.");
  if (!isHandle(c.value, name)) refuse(c, "input.type");
}

/** Whether a value is a handle of that kind. */
export function isHandle(value: unknown, name: SocketName): boolean {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === name;
}

function isJson(value: unknown): boolean {
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const next = stack.pop();
    if (Array.isArray(next)) for (const item of next as unknown[]) stack.push(item);
    else if (isJsonObject(next)) for (const key of Object.keys(next)) stack.push(next[key]);
    else if (!isJsonScalar(next)) return false;
  }
  return true;
}

function isJsonScalar(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value === "string" || typeof value === "boolean" || value === null;
}
