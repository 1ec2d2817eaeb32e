import type { Sharp } from "sharp";
import { inSlices } from "./in-slices.ts";
import { JobFailure } from "./job.ts";
import { loadSharp } from "./sharp.ts";

/** The largest picture that is decoded, in pixels: 32 MP, the limit that the API's own clients keep to. */
const MAX_PIXELS = 32_000_000;

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
  /** How many pixels are 255. */
  readonly white: number;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes an image file to sRGB, EXIF orientation applied, alpha dropped.
 *
 * @throws {JobFailure} when it is not a readable image or larger than 32 megapixels.
 */
export async function decodePicture(file: Uint8Array, name: string): Promise<Picture> {
  const sharp = loadSharp();
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
  const sharp = loadSharp();
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

/**
 * Grey by the weights of ITU-R BT.601, rounded to 8 bits; then 128 or more is to be repainted. For mask files, where
 * the API rounds at one half.
 */
export async function binarise({ width, height, data: rgb }: Picture): Promise<BinaryMask> {
  const data = new Uint8Array(width * height);
  let white = 0;
  await inSlices(data.length, (from, to) => {
    for (let pixel = from, at = from * 3; pixel < to; pixel++, at += 3) {
      if (299 * rgb[at]! + 587 * rgb[at + 1]! + 114 * rgb[at + 2]! < 127_500) continue;
      data[pixel] = 255;
      white++;
    }
  });
  return { width, height, data, white };
}
