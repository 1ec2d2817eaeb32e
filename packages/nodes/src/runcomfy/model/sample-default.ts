import type { JsonValue } from "@inlay/engine";
import { snakeCase } from "./media-fields.ts";
import type { ModelField } from "./model-schema.ts";
import { valueType } from "./value-type.ts";

/** Texts that a person writes: what a schema gives for them is a sample. */
const written =
  /(?:^|_)(?:prompts?|texts?|captions?|lyrics|scripts?|messages?|urls?|uris?|videos?|audios?|paths?|files?)(?:_|$)/;

/**
 * A field's default when it may be filled in. Defaults of prompts and addresses are samples, which a person would pay
 * for without having chosen them: they are dropped, and so is everything that holds an address.
 * @returns the default; undefined when there is none or it is a sample; `unfit` when it breaks its own schema
 */
export function usableDefault(
  { name, value, media }: ModelField,
  fallback: JsonValue | undefined,
): { readonly value: JsonValue } | "unfit" | undefined {
  // null stands for "absent" and needs no word.
  if (fallback === undefined || fallback === null) return undefined;
  if (media !== undefined || holdsAddress(fallback)) return undefined;
  if (value.type !== "choice" && typeof fallback === "string" && written.test(snakeCase(name))) return undefined;
  return valueType(value, "body").safeParse(fallback).success ? { value: fallback } : "unfit";
}

function holdsAddress(value: JsonValue): boolean {
  if (typeof value === "string") return /^\s*(?:https?:|data:)/i.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsAddress);
}
