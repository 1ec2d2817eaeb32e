/** A file that an input names. */
export interface SentMedium {
  /** Where it stands in the input, such as `elements.0.image_url`. */
  readonly path: string;
  readonly url: string;
  readonly isMask: boolean;
}

/**
 * The pictures that an input of any model names, in order: data URIs of images, and addresses under a name that says
 * image, picture, photo, frame or mask. No schema says which they are.
 */
export function sentPictures(input: unknown): readonly SentMedium[] {
  return textsIn(input, []).flatMap(({ path, text }) => {
    const name = path.findLast((part) => !/^\d+$/.test(part)) ?? "";
    const isPicture =
      /^data:image\//i.test(text) || (/^https?:/i.test(text) && /image|picture|photo|frame|mask/i.test(name));
    return isPicture ? [{ path: path.join("."), url: text, isMask: /mask/i.test(name) }] : [];
  });
}

/** The paths of all data URIs in an input. */
export function dataUrisIn(input: unknown): readonly (readonly string[])[] {
  return textsIn(input, []).flatMap(({ path, text }) => (/^data:[^\s,]*,/i.test(text) ? [path] : []));
}

interface FoundText {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every text in a JSON value; bodies that are nested deeply are refused when they are read. */
function textsIn(value: unknown, path: readonly string[]): readonly FoundText[] {
  if (typeof value === "string") return [{ path, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsIn(member, [...path, name]));
}

/** The input with other texts in place of its own. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mapTexts(member, change)]));
}
