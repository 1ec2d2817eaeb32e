import { isJsonObject, type JsonValue } from "../json.ts";
import type { FileRef, ImageValue, MaskValue } from "../values/image.ts";

/** A value in a few words of JSON, for events and people: pixels become their size, long values are cut at 200 characters. */
export function summarizeValue(value: unknown): JsonValue {
  if (isKind<ImageValue>(value, "image"))
    return { type: "image", width: value.width, height: value.height, channels: value.channels, depth: value.depth };
  if (isKind<MaskValue>(value, "mask")) return { type: "mask", width: value.width, height: value.height };
  if (isKind<FileRef>(value, "file")) return { type: "file", name: value.name, sha256: value.sha256, size: value.size };
  if (Array.isArray(value)) return { type: "list", length: value.length, ...kindOfItems(value) };
  if (isJsonObject(value)) return shorten(JSON.stringify(value)) ?? value;
  return typeof value === "string" ? (shorten(value) ?? value) : ((value ?? null) as JsonValue);
}

/** Of a list of pixels or files, what its items are: a list on a link is of one type. */
function kindOfItems([first]: readonly unknown[]): { readonly items?: string } {
  const kinds = ["image", "mask", "file"] as const;
  const items = kinds.find((kind) => isKind<{ kind: typeof kind }>(first, kind));
  return items === undefined ? {} : { items };
}

function shorten(text: string): string | undefined {
  return text.length > 200 ? `${text.slice(0, 199)}…` : undefined;
}

function isKind<T extends { kind: string }>(value: unknown, kind: T["kind"]): value is T {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === kind;
}
