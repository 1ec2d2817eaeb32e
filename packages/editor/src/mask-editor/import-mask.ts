import { type EditMode, type MaskEdit, packMask } from "@inlay/raster";
import type { Size } from "../viewer/view-port.ts";
import type { ToolSettings } from "./tool-settings.ts";

/** A mask that was read from a file. */
export interface ImportedMask {
  readonly edit: MaskEdit;
  /** It had another size and was scaled to the picture's. */
  readonly isScaled: boolean;
}

/**
 * Reads a picture file as a mask: its opacity when some of it is transparent, else its brightness (ITU-R BT.709), as 8
 * bits, soft edges kept. Fails with an `Error` when a browser cannot show the file.
 */
export async function importMask(
  file: Blob,
  size: Size,
  { mode, importFrom }: { readonly mode: EditMode; readonly importFrom: ToolSettings["importFrom"] },
): Promise<ImportedMask> {
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const isScaled = bitmap.width !== size.width || bitmap.height !== size.height;
  try {
    const data = samplesOf(bitmap, size, importFrom);
    return {
      edit: { tool: "import", mode, size: [size.width, size.height], data: packMask(data, size.width) },
      isScaled,
    };
  } finally {
    bitmap.close();
  }
}

/** Rows that are read at once: the browser hands out four bytes a pixel. */
const rowsPerPiece = 256;

/** What a picture selects, scaled to a size: from its opacity or its brightness, or whichever says more. */
export function samplesOf(bitmap: ImageBitmap, { width, height }: Size, from: ToolSettings["importFrom"]): Uint8Array {
  const piece = new OffscreenCanvas(width, Math.min(height, rowsPerPiece)).getContext("2d", {
    willReadFrequently: true,
  })!;
  const [alpha, luminance] = [new Uint8Array(width * height), new Uint8Array(width * height)];
  let isOpaque = true;
  for (let top = 0; top < height; top += rowsPerPiece) {
    const rows = Math.min(rowsPerPiece, height - top);
    piece.clearRect(0, 0, width, rowsPerPiece);
    piece.drawImage(bitmap, 0, -top, width, height);
    const { data } = piece.getImageData(0, 0, width, rows);
    for (let at = 0, to = top * width; at < data.length; at += 4, to++) {
      alpha[to] = data[at + 3]!;
      if (data[at + 3] !== 255) isOpaque = false;
      luminance[to] = Math.round(0.2126 * data[at]! + 0.7152 * data[at + 1]! + 0.0722 * data[at + 2]!);
    }
  }
  return from === "alpha" || (from === "auto" && !isOpaque) ? alpha : luminance;
}
