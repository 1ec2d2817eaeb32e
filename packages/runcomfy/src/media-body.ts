import type { JsonObject, JsonValue } from "./json.ts";

/** A file's bytes in a request's body, in the place of the URL that the service wants there. */
export interface MediaFile {
  readonly kind: "media";
  readonly bytes: Uint8Array;
  /** Such as `image/png`. */
  readonly mime: string;
}

/** The address of a file that lies in public already. Checked before anything is paid. */
export interface MediaUrl {
  readonly kind: "media";
  readonly url: string;
  /** What it must give: an image or a video, which is the default, or any file, such as a sound. */
  readonly content?: "any";
}

/** JSON in which media may stand. */
export type BodyValue =
  JsonValue | MediaFile | MediaUrl | readonly BodyValue[] | { readonly [name: string]: BodyValue };

/** A request's body before its media have become URLs. */
export interface MediaBody {
  readonly [name: string]: BodyValue;
}

/** A medium and the input of the model, at the top of the body, in which it stands. */
export interface PlacedMedia<M = MediaFile | MediaUrl> {
  readonly input: string;
  readonly media: M;
}

/** Every medium of a body, in order. */
export function mediaIn(body: MediaBody): readonly PlacedMedia[] {
  return Object.entries(body).flatMap(([input, value]) => mediaOf(value).map((media) => ({ input, media })));
}

function mediaOf(value: BodyValue): readonly (MediaFile | MediaUrl)[] {
  if (isMedia(value)) return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(mediaOf);
}

/** The body as JSON, with a text in the place of each medium. */
export function withMedia(body: MediaBody, textOf: (media: MediaFile | MediaUrl) => string): JsonObject {
  const replaced = (value: BodyValue): JsonValue => {
    if (isMedia(value)) return textOf(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map(replaced);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member)]));
  };
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, replaced(value)]));
}

function isMedia(value: BodyValue): value is MediaFile | MediaUrl {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  if (!("kind" in value) || value.kind !== "media") return false;
  return "bytes" in value ? value.bytes instanceof Uint8Array : "url" in value && typeof value.url === "string";
}
