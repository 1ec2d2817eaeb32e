import { isJsonObject, type JsonValue } from "@inlay/engine";

/** A value in a few characters. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value.slice(0, 160);
  if (isJsonObject(value)) {
    const [only] = Object.values(value);
    return typeof only === "string" ? only : "…";
  }
  return JSON.stringify(value).slice(0, 40);
}
