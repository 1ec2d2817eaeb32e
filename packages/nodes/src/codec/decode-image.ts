import { EngineError, type ImageValue } from "@inlay/engine";
import type { Metadata, OutputInfo, Sharp as Pipeline } from "sharp";
import { fileLimits, type DecodeLimits } from "./limits.ts";
import { samplesOf } from "./raw-pipeline.ts";
import { loadSharp } from "./sharp.ts";
import { sniffFormat } from "./sniff-format.ts";

export interface DecodeOptions {
  /** What the picture is called in errors, such as the file's name. */
  readonly name: string;
  /** Default: `fileLimits`. */
  readonly limits?: DecodeLimits;
}

export interface DecodedImage {
  readonly image: ImageValue;
  /** Frames or pages in the file, of which the first was decoded. */
  readonly pages: number;
}

/**
 * Decodes the bytes of a PNG, JPEG, WebP, AVIF, GIF or TIFF file to raw samples.
 *
 * - Upright: the EXIF orientation is applied.
 * - Colours are sRGB: an embedded ICC profile is converted from, CMYK too. Without a profile samples are taken as is.
 * - 16 bits a channel stay 16 bits (`u16`); everything else becomes `u8`.
 * - Greyscale stays one channel; grey with alpha becomes RGBA. Alpha is straight.
 * - Of an animation or a file of several pages, the first.
 *
 * Errors: `image.empty`, `image.not-an-image`, `image.svg`, `image.truncated`, and `image.too-large`, which is decided from the
 * header before a pixel is decoded.
 */
export async function decodeImage(
  bytes: Uint8Array,
  { name, limits = fileLimits }: DecodeOptions,
): Promise<DecodedImage> {
  checkFormat(bytes, name);
  const sharp = await loadSharp();
  // The limit is ours, below, where the message can say it; sharp's own would refuse without numbers.
  const header = await orDamaged(() => sharp(bytes, { limitInputPixels: false }).metadata(), name);
  checkSize(header, name, limits);
  const input = sharp(bytes, { limitInputPixels: limits.maxPixels, failOn: "warning", autoOrient: true });
  const target = rawTarget(header);
  const { data, info } = await orDamaged(() => target.convert(input).toBuffer({ resolveWithObject: true }), name);
  return {
    image: toImageValue({ data, info, depth: target.depth, density: header.density }),
    pages: header.pages ?? 1,
  };
}

/** How large a picture file is once it is decoded and upright, from its header. Fails as {@link decodeImage} does. */
export async function measureImage(bytes: Uint8Array, name: string): Promise<{ width: number; height: number }> {
  checkFormat(bytes, name);
  const sharp = await loadSharp();
  const header = await orDamaged(() => sharp(bytes, { limitInputPixels: false }).metadata(), name);
  checkSize(header, name, fileLimits);
  const { width, height, orientation = 1 } = header;
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

function checkFormat(bytes: Uint8Array, name: string): void {
  if (bytes.length === 0) {
    throw new EngineError({ code: "image.empty", message: `\`${name}\` is empty: it has 0 bytes.` });
  }
  if (sniffFormat(bytes)) return;
  if (isSvg(bytes)) throw svg(name);
  throw new EngineError({
    code: "image.not-an-image",
    message: `\`${name}\` is not a picture that can be read.`,
    expected: "a PNG, JPEG, WebP, AVIF, GIF or TIFF file",
    received: describeBytes(bytes),
    suggestion: "Export it as PNG or JPEG.",
  });
}

function isSvg(bytes: Uint8Array): boolean {
  return /<svg[\s>]/i.test(startOf(bytes)) || /^\s*<!DOCTYPE svg/i.test(startOf(bytes));
}

function startOf(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 512));
}

function svg(name: string): EngineError {
  return new EngineError({
    code: "image.svg",
    message: `\`${name}\` is an SVG drawing: a program that draws and may name other files, which is never run.`,
    expected: "a PNG, JPEG, WebP, AVIF, GIF or TIFF file",
    received: "an SVG drawing",
    suggestion: "Export it as PNG in the size that you need.",
  });
}

/** A hint at what a file is instead, from its first bytes. */
function describeBytes(bytes: Uint8Array): string {
  const start = startOf(bytes);
  if (start.startsWith("%PDF")) return "a PDF document";
  if (start.startsWith("ftyp", 4)) return "a HEIC picture or a video";
  const readable = bytes.subarray(0, 512).every((byte) => byte >= 0x20 || [0x09, 0x0a, 0x0d].includes(byte));
  return readable ? "a text file" : "a file of another kind";
}

function checkSize({ width, height }: Metadata, name: string, { maxSide, maxPixels }: DecodeLimits): void {
  if (width <= maxSide && height <= maxSide && width * height <= maxPixels) return;
  throw new EngineError({
    code: "image.too-large",
    message: `\`${name}\` is ${width} × ${height} pixels, which is more than can be decoded.`,
    expected: `at most ${maxSide} pixels a side and ${Math.round(maxPixels / 1e6)} megapixels`,
    received: `${width} × ${height} pixels (${Math.round((width * height) / 1e6)} megapixels)`,
    suggestion: "Scale the picture down first.",
  });
}

async function orDamaged<T>(read: () => Promise<T>, name: string): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    throw damaged(name, cause);
  }
}

function damaged(name: string, cause: unknown): EngineError {
  const data = {
    code: "image.truncated",
    message: `\`${name}\` is cut off or damaged: it cannot be decoded to its end.`,
    suggestion: "Get the file again, or save it anew in a picture editor.",
  };
  return new EngineError(data, { cause });
}

interface RawTarget {
  readonly depth: "u8" | "u16";
  convert(input: Pipeline): Pipeline;
}

/** To which samples a file is decoded. Naming the colour space keeps sharp from changing depth or channels. */
function rawTarget(header: Metadata): RawTarget {
  const grey = header.channels === 1 && !header.hasAlpha;
  if (header.depth !== "ushort") {
    return { depth: "u8", convert: (input) => input.toColourspace(grey ? "b-w" : "srgb").raw() };
  }
  const space = grey ? "grey16" : "rgb16";
  return {
    depth: "u16",
    convert: (input) => toSrgb16(input, header).toColourspace(space).raw({ depth: "ushort" }),
  };
}

/** By itself sharp converts 16-bit pictures to Display P3 and leaves them there; asking for sRGB by name converts. */
function toSrgb16(input: Pipeline, { icc }: Metadata): Pipeline {
  return icc ? input.withIccProfile("srgb", { attach: false }) : input;
}

interface RawPixels {
  readonly data: Buffer;
  readonly info: OutputInfo;
  readonly depth: "u8" | "u16";
  readonly density: number | undefined;
}

function toImageValue({ data, info, depth, density }: RawPixels): ImageValue {
  const { width, height, channels } = info;
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new EngineError({
      code: "image.not-an-image",
      message: `A picture of ${channels} channels cannot be read.`,
      expected: "grey, RGB or RGBA",
    });
  }
  return {
    kind: "image",
    width,
    height,
    channels,
    depth,
    data: samplesOf(data, depth),
    ...(density === undefined ? {} : { metadata: { density } }),
  };
}
