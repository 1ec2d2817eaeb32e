import type { NumberSchema, ValueSchema } from "@inlay/engine";

/** The rules of a numeric input; of a union, those of its first numeric option. */
export function numberSchema(schema: ValueSchema): NumberSchema {
  if (schema.type === "integer" || schema.type === "number") return schema;
  const option =
    schema.type === "union" ? schema.options.find(({ type }) => type === "integer" || type === "number") : undefined;
  return (option as NumberSchema | undefined) ?? { type: "number" };
}

/** How much one step of the mouse or of an arrow key changes a number. */
export function stepOf(schema: NumberSchema, hint: number | undefined): number {
  if (hint !== undefined) return hint;
  if (schema.multipleOf !== undefined) return schema.multipleOf;
  if (schema.type === "integer") return 1;
  const span = (schema.max ?? Infinity) - (schema.min ?? -Infinity);
  return span <= 2 ? 0.01 : span <= 20 ? 0.1 : 1;
}

/** The nearest value that the schema allows. */
export function clamp(schema: NumberSchema, value: number): number {
  const step = schema.multipleOf ?? (schema.type === "integer" ? 1 : undefined);
  const stepped = step === undefined ? value : Math.round(value / step) * step;
  const low = schema.min ?? schema.exclusiveMin ?? -Infinity;
  const high = schema.max ?? schema.exclusiveMax ?? Infinity;
  return tidy(Math.min(high, Math.max(low, stepped)));
}

/** Without the noise of binary fractions: 0.30000000000000004 is 0.3. */
export function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
