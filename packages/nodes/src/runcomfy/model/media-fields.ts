import type { JsonObject } from "@inlay/engine";
import type { ModelField, ModelValue } from "./model-schema.ts";

/** `image`, `image_url`, `images`, `image_urls`, also behind other words: `mask_image_url`, `reference_images`. */
const imageName = /(?:^|_)(?:images?|masks?)(?:_ur[il]s?)?$/;

/** Whether a field takes pictures by their address: by its name, or by `format: image_uri`, which not every page shows. */
export function mediaOf(name: string, value: ModelValue, schema: JsonObject): ModelField["media"] {
  const kind = addressKind(value);
  if (kind === undefined) return undefined;
  const items = schema.items;
  const format =
    kind === "one" ? schema.format : typeof items === "object" && items && "format" in items && items.format;
  return format === "image_uri" || imageName.test(snakeCase(name)) ? kind : undefined;
}

/** A text or a list of texts, absent (`null`) or not. */
function addressKind(value: ModelValue): ModelField["media"] {
  switch (value.type) {
    case "string":
      return "one";
    case "list":
      return value.items.type === "string" ? "many" : undefined;
    case "union": {
      const [option, ...more] = value.options.filter((one) => !isNull(one));
      return option && more.length === 0 ? addressKind(option) : undefined;
    }
    default:
      return undefined;
  }
}

/** Whether a value can be nothing but `null`. */
export function isNull(value: ModelValue): boolean {
  return value.type === "choice" && value.values.length === 1 && value.values[0] === null;
}

/** `maskImageUrl` and `mask-image-url` are `mask_image_url`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
}
