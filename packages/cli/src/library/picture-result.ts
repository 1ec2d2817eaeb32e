import { extname } from "node:path";
import { EngineError, type ImageValue, type MaskValue } from "@inlay/engine";
import { replaceFile, writeError } from "@inlay/host";

/** A picture that a run produced: its raw samples, and ways to get it out. */
export interface PictureResult {
  readonly width: number;
  readonly height: number;
  /** The raw samples, row by row; see `ImageValue` and `MaskValue`. */
  readonly value: ImageValue | MaskValue;
  /** Encodes it; PNG is exact. */
  toBuffer(format?: PictureFormat): Promise<Uint8Array>;
  /**
   * Writes it whole or not at all, in the place of a file of that name; the extension (`.png`, `.jpg`, `.jpeg`, `.webp`)
   * decides the format. Fails with `file.bad-name`, `file.unwritable` or `disk.full`.
   */
  toFile(path: string): Promise<void>;
}

export type PictureFormat = "png" | "jpeg" | "webp";

const formats: Readonly<Record<string, PictureFormat>> = {
  ".png": "png",
  ".jpg": "jpeg",
  ".jpeg": "jpeg",
  ".webp": "webp",
};

/** A result as callers get it: pictures with their methods, everything else as it is. */
export function resultValue(value: unknown): unknown {
  return isPicture(value) ? pictureResult(value) : value;
}

function isPicture(value: unknown): value is ImageValue | MaskValue {
  return (
    typeof value === "object" && value !== null && "kind" in value && (value.kind === "image" || value.kind === "mask")
  );
}

function pictureResult(value: ImageValue | MaskValue): PictureResult {
  const toBuffer = async (format: PictureFormat = "png"): Promise<Uint8Array> => {
    const { encodeImage, maskAsImage } = await import("@inlay/nodes/codec");
    return encodeImage(maskAsImage(value), { format });
  };
  return {
    width: value.width,
    height: value.height,
    value,
    toBuffer,
    async toFile(path) {
      await writeWhole(path, await toBuffer(formatOf(path)));
    },
  };
}

function formatOf(path: string): PictureFormat {
  const format = formats[extname(path).toLowerCase()];
  if (format) return format;
  const expected = Object.keys(formats).join(", ");
  throw new EngineError({
    code: "file.bad-name",
    message: `\`${path}\` does not name a picture format.`,
    expected,
    received: extname(path) || "no extension",
  });
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await replaceFile(path, bytes).catch((cause: unknown) => {
    throw writeError(path, cause);
  });
}
