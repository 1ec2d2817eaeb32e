import { EngineError } from "@inlay/engine";
import type { ErrorData } from "@inlay/engine";

/**
 * The codes of what is wrong with a parcel.
 *
 * | code | when |
 * |---|---|
 * | `parcel.broken` | it is no ZIP archive, or a damaged, truncated or encrypted one |
 * | `parcel.manifest` | it has no list of its contents, one that cannot be read, or one of a newer Inlay |
 * | `parcel.name` | a name in it is absolute, leads out of the folder, hides, or is one that some system cannot hold |
 * | `parcel.link` | an entry is a symbolic link or a device |
 * | `parcel.duplicate` | two names in it are the same, or the same where case is ignored |
 * | `parcel.content` | an entry is missing, is not in the list, or does not have its SHA-256 |
 * | `parcel.too-large` | it has too many entries, unpacks to too much, or to suspiciously more than it weighs |
 */
export type ParcelErrorCode =
  | "parcel.broken"
  | "parcel.manifest"
  | "parcel.name"
  | "parcel.link"
  | "parcel.duplicate"
  | "parcel.content"
  | "parcel.too-large";

/** An error of a parcel; nothing was written. */
export function parcelError(
  code: ParcelErrorCode,
  message: string,
  { cause, ...details }: Partial<ErrorData> & { readonly cause?: unknown } = {},
): EngineError {
  return new EngineError({ ...details, code, message }, cause === undefined ? {} : { cause });
}
