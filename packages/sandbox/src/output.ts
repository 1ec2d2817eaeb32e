import { randomBytes } from "node:crypto";
import type { OutputFormat } from "./model.ts";
import { loadSharp } from "./sharp.ts";

/** What an output's file can be. */
type FileFormat = OutputFormat | "avi";
import type { Picture } from "./picture.ts";

const MEDIA_TYPES: Readonly<Record<FileFormat, string>> = {
  png: "image/png",
  jpeg: "image/jpeg",
  webp: "image/webp",
  avi: "video/x-msvideo",
};

/** The format that an input asks for; PNG when it asks for none that there is. */
export function formatOf(asked: unknown): OutputFormat {
  if (asked === "jpg" || asked === "jpeg") return "jpeg";
  return asked === "webp" ? "webp" : "png";
}

/** A name for an output's file that nobody can guess: outputs are served without a token, as the real service does. */
export function makeOutputName(format: FileFormat): string {
  return `${randomBytes(24).toString("base64url")}.${format}`;
}

/** The content type that belongs to an output's name. */
export function mediaTypeOf(outputName: string): string {
  const extension = outputName.slice(outputName.lastIndexOf(".") + 1);
  return Object.entries(MEDIA_TYPES).find(([format]) => format === extension)?.[1] ?? "application/octet-stream";
}

/** Encodes a picture as a file of the asked format. */
export async function encodePicture(picture: Picture, format: OutputFormat): Promise<Buffer> {
  const sharp = loadSharp();
  const { width, height, data } = picture;
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  if (format === "jpeg") return image.jpeg({ quality: 95 }).toBuffer();
  if (format === "webp") return image.webp({ quality: 95 }).toBuffer();
  return image.png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer();
}

/** A mask's file as PNG: the file itself if it is one, else its pixels as they were decoded. */
export async function asPng(file: Buffer): Promise<Buffer> {
  const isPng = file.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  if (isPng) return file;
  const sharp = loadSharp();
  return sharp(file).png().toBuffer();
}
