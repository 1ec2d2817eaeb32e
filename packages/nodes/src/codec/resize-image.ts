import type { ImageValue } from "@inlay/engine";
import { convertDepth } from "../pixels/convert-depth.ts";
import type { Size } from "../pixels/size.ts";
import { rawPipeline, samplesOf } from "./raw-pipeline.ts";

/** The same picture stretched to another size by Lanczos with three lobes; `f32` becomes `u16`. */
export async function resizeImage(image: ImageValue, size: Size): Promise<ImageValue> {
  const { width, height } = size;
  if (image.width === width && image.height === height) return image;
  const source = convertDepth(image, image.depth === "u8" ? "u8" : "u16");
  const depth = source.depth === "u8" ? "u8" : "u16";
  const pipeline = await rawPipeline(source);
  const resized = pipeline.resize({ width, height, fit: "fill", kernel: "lanczos3" });
  const buffer = await resized.raw({ depth: depth === "u8" ? "uchar" : "ushort" }).toBuffer();
  return { ...source, width, height, data: samplesOf(buffer, depth) };
}
