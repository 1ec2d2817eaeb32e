import type { Size } from "../viewer/view-port.ts";
import { samplesOf } from "./import-mask.ts";
import type { MaskSource } from "./mask-source.ts";

/** Pictures are shown with at most so many pixels: four bytes each. */
const mostPixels = 24_000_000;

/** What is seen below the mask. Of a picture that no browser shows, such as a TIFF, a smaller copy. */
export async function loadPicture({ url, fallback }: MaskSource, { width, height }: Size): Promise<ImageBitmap> {
  const shrink = Math.min(1, Math.sqrt(mostPixels / (width * height)));
  const options: ImageBitmapOptions =
    shrink < 1
      ? { resizeWidth: Math.round(width * shrink), resizeHeight: Math.round(height * shrink), resizeQuality: "medium" }
      : {};
  try {
    return await createImageBitmap(await download(url), options);
  } catch {
    return createImageBitmap(await download(fallback));
  }
}

async function download(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return response.blob();
}

/** The samples of a mask, exactly, when it has the picture's size; else scaled, or undefined when it must not be. */
export async function loadBase(url: string, size: Size, mayScale = false): Promise<Uint8Array | undefined> {
  const bitmap = await createImageBitmap(await download(url), { colorSpaceConversion: "none" });
  try {
    const isSame = bitmap.width === size.width && bitmap.height === size.height;
    if (!isSame && !mayScale) return undefined;
    return samplesOf(bitmap, size, "luminance");
  } finally {
    bitmap.close();
  }
}
