import type { ImageValue } from "@inlay/engine";
import type { Sharp as Pipeline } from "sharp";
import { loadSharp } from "./sharp.ts";

/**
 * sharp over raw samples of `u8` or `u16`, for one operation. The colour space is named because sharp otherwise turns
 * 16 bits into 8 and one channel into three.
 */
export async function rawPipeline({ data, width, height, channels, depth }: ImageValue): Promise<Pipeline> {
  const sharp = await loadSharp();
  const wide = depth === "u16";
  const space = channels === 1 ? (wide ? "grey16" : "b-w") : wide ? "rgb16" : "srgb";
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: false }).toColourspace(space);
}

/** The samples of a raw buffer that sharp gave. */
export function samplesOf(buffer: Buffer, depth: "u8" | "u16"): Uint8Array | Uint16Array {
  if (depth === "u8") return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
  const bytes = buffer.byteOffset % 2 === 0 ? buffer : Uint8Array.from(buffer);
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}
