export type { JsonObject, JsonValue } from "./json.ts";
export { canonicalJson, isJsonObject } from "./json.ts";
