import type { Sharp } from "sharp";
import { JobFailure } from "./job.ts";

/** The largest picture that is decoded, in pixels: 32 MP, the limit that the API's own clients keep to. */
export const MAX_PIXELS = 32_000_000;

/** Decoded RGB pixels, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `width × height × 3` bytes. */
  readonly data: Uint8Array;
}

/** A mask: one byte a pixel, row by row, 255 = repaint, 0 = keep. */
export interface BinaryMask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes an image file to sRGB, EXIF orientation applied, alpha dropped.
 *
 * @throws {JobFailure} when it is not a readable image or larger than {@link MAX_PIXELS}.
 */
export async function decodePicture(file: Uint8Array, name: string): Promise<Picture> {
  const { default: sharp } = await import("sharp");
  try {
    return await rawRgb(sharp(file, { limitInputPixels: MAX_PIXELS }).autoOrient());
  } catch (error) {
    const tooLarge = error instanceof Error && /pixel limit/.test(error.message);
    const text = tooLarge ? `is larger than ${MAX_PIXELS / 1e6} megapixels` : "is not a readable image";
    throw new JobFailure(`${name} ${text}`, { cause: error });
  }
}

/** Scales a picture to cover the size, cutting off evenly what juts out. A picture of that size is returned as it is. */
export async function coverPicture(picture: Picture, size: Size): Promise<Picture> {
  if (picture.width === size.width && picture.height === size.height) return picture;
  const { default: sharp } = await import("sharp");
  const source = sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
  return rawRgb(source.resize({ width: size.width, height: size.height, fit: "cover" }));
}

async function rawRgb(pipeline: Sharp): Promise<Picture> {
  const { data, info } = await pipeline
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Grey by the weights of ITU-R BT.601, rounded to 8 bits; then 128 or more becomes 255, and less 0. */
export function binarise({ width, height, data }: Picture): BinaryMask {
  const mask = new Uint8Array(width * height);
  for (let pixel = 0, at = 0; pixel < mask.length; pixel++, at += 3) {
    const grey = (299 * data[at]! + 587 * data[at + 1]! + 114 * data[at + 2]!) / 1000;
    mask[pixel] = grey >= 127.5 ? 255 : 0;
  }
  return { width, height, data: mask };
}

/** How many pixels of the mask are to be repainted. */
export function countWhite(mask: BinaryMask): number {
  return mask.data.reduce((count, value) => count + (value === 255 ? 1 : 0), 0);
}
