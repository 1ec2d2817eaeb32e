import { imageSizeOf } from "./image-size.ts";
import { problem } from "./problem.ts";

/** The largest image that is sent as a data URI, in bytes. */
export const LARGEST_DATA_URI_IMAGE = 6 * 1024 * 1024;
/** The most pixels of an image that is sent as a data URI. */
export const MOST_DATA_URI_PIXELS = 32_000_000;
/** The largest request, in bytes of JSON. */
export const LARGEST_REQUEST = 64 * 1024 * 1024;

/**
 * An image as a data URI, in place of a URL. RunComfy's own ComfyUI nodes send images this way; that every model takes
 * them is not documented. Throws `remote.media` for more than 6 MiB, more than 32 million pixels, or nothing.
 *
 * @example
 * ```ts
 * const body = { prompt, image_url: toDataUri(png, "image/png"), mask_image_url: toDataUri(mask, "image/png") };
 * ```
 */
export function toDataUri(bytes: Uint8Array, mime: string): string {
  if (bytes.length === 0) throw tooLarge("An image to send is empty.");
  if (bytes.length > LARGEST_DATA_URI_IMAGE) {
    throw tooLarge(`An image of ${mebibytes(bytes.length)} is more than the 6 MiB that can be sent in a request.`);
  }
  const { width, height } = imageSizeOf(bytes) ?? { width: 0, height: 0 };
  if (width * height > MOST_DATA_URI_PIXELS) {
    throw tooLarge(`An image of ${width} × ${height} pixels is more than the 32 megapixels that can be sent.`);
  }
  return `data:${mime};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64")}`;
}

/** Throws `remote.media` when a request's JSON is longer than 64 MiB. */
export function checkRequestSize(text: string): void {
  const size = Buffer.byteLength(text);
  if (size > LARGEST_REQUEST) throw tooLarge(`The request of ${mebibytes(size)} is more than 64 MiB.`);
}

function mebibytes(size: number): string {
  return `${(size / 1024 / 1024).toFixed(1)} MiB`;
}

function tooLarge(summary: string): Error {
  return problem("remote.media", { ending: "rejected", summary });
}
