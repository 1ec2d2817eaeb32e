import type { JsonObject } from "@inlay/engine";
import type { ModelField, ModelValue } from "./model-schema.ts";

/** `image`, `image_url`, `images`, `image_urls`, also behind other words: `mask_image_url`, `reference_images`. */
const imageName = /(?:^|_)(?:images?|masks?)(?:_ur[il]s?)?$/;

/** `video`, `audios`, and whatever is called an address: `video_url`, `reference_audio_urls`. */
const fileName = /(?:^|_)(?:videos?|audios?|ur[il]s?)$/;

/** Addresses that the service writes to or shows, and does not fetch a file from. */
const otherAddress = /(?:^|_)(?:webhooks?|callbacks?|notify|notification|redirect|return)(?:_|$)/;

/** What a field takes files by their addresses for: pictures, or files that are none. */
type FileField = Pick<ModelField, "media" | "isFileAddress">;

/**
 * Whether a field takes files by their address: by its name, or by a `format` such as `image_uri`, which not every page
 * shows.
 */
export function mediaOf(name: string, value: ModelValue, schema: JsonObject): FileField {
  const kind = addressKind(value);
  if (kind === undefined) return {};
  const items = schema.items;
  const format =
    kind === "one" ? schema.format : typeof items === "object" && items && "format" in items && items.format;
  const snake = snakeCase(name);
  if (format === "image_uri" || imageName.test(snake)) return { media: kind };
  const isFile = format === "video_uri" || format === "audio_uri" || fileName.test(snake);
  return isFile && !otherAddress.test(snake) ? { isFileAddress: true } : {};
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
