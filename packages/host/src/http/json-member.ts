import { z } from "@hono/zod-openapi";
import { isJsonObject } from "@inlay/engine";
import type { JsonObject } from "@inlay/engine";

/** Files nest 64 levels; what nests thousands breaks whoever walks it. */
const deepest = 100;

/** A member of a body that is any JSON object, as it came, and not nested without end. */
export function jsonMember() {
  return z
    .custom<JsonObject>(
      (value) => isJsonObject(value) && !isTooDeep(value),
      "It is not a JSON object, or nested too deep.",
    )
    .openapi({ type: "object", additionalProperties: true });
}

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
}
