import sharp from "sharp";

/** Small pictures for tests: 32×24 unless told otherwise. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export const SMALL: PictureSize = { width: 32, height: 24 };

/** A picture with texture in it: diagonal stripes over a gradient. */
export async function stripedPng({ width, height } = SMALL): Promise<Buffer> {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const stripe = (x + y) % 6 < 3 ? 60 : 0;
      data.set([40 + x * 3 + stripe, 90 + stripe, 40 + y * 4 + stripe], (y * width + x) * 3);
    }
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/** A mask that is white in a box of 10×8 pixels from (8, 6). */
export async function boxMaskPng(size = SMALL, white = 255): Promise<Buffer> {
  return greyPng(size, (x, y) => (insideBox(x, y) ? white : 0));
}

export function insideBox(x: number, y: number): boolean {
  return x >= 8 && x < 18 && y >= 6 && y < 14;
}

export const BOX_PIXELS = 80;

export async function greyPng(size: PictureSize, level: (x: number, y: number) => number): Promise<Buffer> {
  const { width, height } = size;
  const data = Buffer.alloc(width * height);
  for (let at = 0; at < data.length; at++) data[at] = level(at % width, Math.floor(at / width));
  return sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
}

export function dataUri(bytes: Buffer, mime = "image/png"): string {
  return `data:${mime};base64,${bytes.toString("base64")}`;
}

/** Decoded RGB samples. */
export async function rgbOf(file: Buffer): Promise<{ width: number; height: number; data: Buffer }> {
  const { data, info } = await sharp(file)
    .toColourspace("srgb")
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}
