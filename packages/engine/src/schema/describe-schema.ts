import type { NumberSchema, StringSchema, ValueSchema } from "./value-schema.ts";

/** A schema in words, as errors, help and docs say it: `integer from 0 to 512`, `image`, `list of mask`. */
export function describeSchema(schema: ValueSchema): string {
  switch (schema.type) {
    case "integer":
    case "number":
      return describeNumber(schema);
    case "string":
      return describeString(schema);
    case "const":
      return JSON.stringify(schema.value);
    case "enum":
      return `one of ${schema.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "tuple":
      return `[${schema.items.map(describeSchema).join(", ")}]`;
    case "object":
      return `object with ${Object.keys(schema.fields).join(", ") || "no fields"}`;
    case "list":
      return `list of ${describeSchema(schema.items)}`;
    case "union":
      return schema.options.map(describeSchema).join(" or ");
    case "socket":
      return schema.name;
    case "json":
      return "any JSON value";
    case "boolean":
      return "true or false";
  }
}

/** How many characters of a value an error shows. */
const longestExcerpt = 60;

/**
 * What a value is, in words and shortened, for the `received` of an error. Costs the same for an image of a hundred
 * megapixels as for a number, and takes values that JSON cannot hold.
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = jsonStart(value, longestExcerpt);
  const short = text.length > longestExcerpt ? `${text.slice(0, longestExcerpt - 3)}…` : text;
  if (value === null || typeof value === "boolean") return short;
  if (Array.isArray(value)) return `the list ${short}`;
  return typeof value === "object" ? `the object ${short}` : `the ${typeof value} ${short}`;
}

/** A value's JSON, of which only about the first `room` characters are made; a cycle ends there too. */
function jsonStart(value: unknown, room: number): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, room));
  if (typeof value === "function") return value.name;
  if (typeof value !== "object" || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return "[…]";
  const list = Array.isArray(value);
  let text = list ? "[" : "{";
  for (const [key, member] of Object.entries(list ? value.slice(0, room) : value)) {
    if (text.length > room) break;
    if (text.length > 1) text += ",";
    if (!list) text += `${JSON.stringify(key)}:`;
    text += jsonStart(member, room - text.length);
  }
  return text + (list ? "]" : "}");
}

function describeNumber({ type, min, max, exclusiveMin, exclusiveMax, multipleOf }: NumberSchema): string {
  const low = min ?? exclusiveMin;
  const high = max ?? exclusiveMax;
  const above = low === exclusiveMin && min === undefined ? "above" : "from";
  const below = high === exclusiveMax && max === undefined ? "below" : "to";
  const parts: string[] = [type];
  if (low !== undefined && high !== undefined) parts.push(`${above} ${low} ${below} ${high}`);
  else if (low !== undefined) parts.push(min === undefined ? `above ${low}` : `of at least ${low}`);
  else if (high !== undefined) parts.push(max === undefined ? `below ${high}` : `of at most ${high}`);
  if (multipleOf !== undefined) parts.push(`in steps of ${multipleOf}`);
  return parts.join(" ");
}

function describeString({ minLength, maxLength, pattern }: StringSchema): string {
  const parts: string[] = [
    minLength !== undefined && minLength > 0 && maxLength === undefined ? "text that is not empty" : "text",
  ];
  if (maxLength !== undefined) parts.push(`of ${minLength ?? 0} to ${maxLength} characters`);
  if (pattern !== undefined) parts.push(`matching /${pattern}/`);
  return parts.join(" ");
}
