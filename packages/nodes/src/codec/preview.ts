import { EngineError, type ImageValue, type MaskValue } from "@inlay/engine";
import { convertDepth } from "../pixels/convert-depth.ts";
import { maskAsImage } from "../pixels/mask-as-image.ts";
import { thumbnail } from "../pixels/thumbnail.ts";
import { fileLimits } from "./limits.ts";
import { rawPipeline } from "./raw-pipeline.ts";
import { loadSharp } from "./sharp.ts";
import { sniffFormat } from "./sniff-format.ts";

/** The fewest bytes are worth less than the fewest milliseconds: higher efforts take five times as long. */
const fastWebp = { quality: 75, effort: 0 } as const;

/** A picture or mask as a small WebP of at most `maxSide` pixels a side, made of every n-th pixel. */
export async function encodePreview(value: ImageValue | MaskValue, maxSide: number): Promise<Uint8Array> {
  const small = convertDepth(thumbnail(maskAsImage(value), maxSide), "u8");
  return (await rawPipeline(small)).webp(fastWebp).toBuffer();
}

/**
 * A picture file as a WebP of at most `maxSide` pixels a side, upright. JPEGs are decoded at an eighth to the whole of
 * their size, as needed. Fails with `image.not-an-image`.
 */
export async function encodeThumbnail(bytes: Uint8Array, maxSide: number): Promise<Uint8Array> {
  if (!sniffFormat(bytes)) throw notAPicture();
  const sharp = await loadSharp();
  try {
    return await sharp(bytes, { limitInputPixels: fileLimits.maxPixels, autoOrient: true, sequentialRead: true })
      .resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true, kernel: "linear" })
      .webp(fastWebp)
      .toBuffer();
  } catch (cause) {
    throw notAPicture(cause);
  }
}

function notAPicture(cause?: unknown): EngineError {
  const message = "The file is not a picture that can be shown.";
  return new EngineError({ code: "image.not-an-image", message }, cause === undefined ? {} : { cause });
}
