import type { ValueSchema } from "./value-schema.ts";

/** Whether a value of a schema may be pixels, or have some inside. */
export function holdsPixels(schema: ValueSchema): boolean {
  switch (schema.type) {
    case "socket":
      return schema.name !== "file";
    case "list":
      return holdsPixels(schema.items);
    case "union":
      return schema.options.some(holdsPixels);
    default:
      return false;
  }
}
