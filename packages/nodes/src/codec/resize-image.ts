import type { ImageValue } from "@inlay/engine";
import { kernels, type KernelName } from "../pixels/kernels.ts";
import { resampleSteps, type Scaling } from "../pixels/resample.ts";
import { sampleNearestSteps } from "../pixels/sample-nearest.ts";
import type { Size } from "../pixels/size.ts";
import { rawPipeline, samplesOf } from "./raw-pipeline.ts";

export interface ResizeOptions {
  /** Default `lanczos3`. */
  readonly kernel?: KernelName | "nearest";
  /** Runs a computation that yields its progress, such as by `runSteps`; default: at once, to its end. */
  readonly run?: (steps: Iterator<number, ImageValue, void>) => ImageValue | Promise<ImageValue>;
}

/**
 * The same picture in another size, or a part of that; depth, channels and metadata stay. The same object when there
 * is nothing to do.
 */
export async function resizeImage(
  image: ImageValue,
  target: Size | Scaling,
  { kernel = "lanczos3", run = runToEnd }: ResizeOptions = {},
): Promise<ImageValue> {
  const scaling = "scaled" in target ? target : { scaled: target, window: { left: 0, top: 0, ...target } };
  const { scaled, window } = scaling;
  const isWhole = window.width === scaled.width && window.height === scaled.height;
  if (isWhole && scaled.width === image.width && scaled.height === image.height) return image;
  if (kernel === "nearest") return run(sampleNearestSteps(image, scaling));
  if (isForSharp(image, scaled)) return shrink(image, scaling, kernel);
  return run(resampleSteps(image, scaling, kernels[kernel]));
}

/**
 * sharp shrinks opaque pictures several times as fast as our own loop and as exactly. It is not used to enlarge, which
 * shifts a picture by up to half a pixel, nor with alpha, where it cuts samples off instead of rounding them.
 */
function isForSharp(image: ImageValue, scaled: Size): boolean {
  const shrinks = scaled.width <= image.width && scaled.height <= image.height;
  return shrinks && image.channels !== 4 && image.depth !== "f32";
}

const sharpKernels = {
  bilinear: "linear",
  bicubic: "cubic",
  mitchell: "mitchell",
  lanczos2: "lanczos2",
  lanczos3: "lanczos3",
} as const;

async function shrink(image: ImageValue, { scaled, window }: Scaling, kernel: KernelName): Promise<ImageValue> {
  const depth = image.depth === "u8" ? "u8" : "u16";
  const pipeline = await rawPipeline(image);
  const { width, height } = scaled;
  const resized = pipeline.resize({ width, height, fit: "fill", kernel: sharpKernels[kernel] }).extract(window);
  const buffer = await resized.raw({ depth: depth === "u8" ? "uchar" : "ushort" }).toBuffer();
  return { ...image, width: window.width, height: window.height, data: samplesOf(buffer, depth) };
}

function runToEnd<T>(steps: Iterator<number, T, void>): T {
  let result = steps.next();
  while (result.done !== true) result = steps.next();
  return result.value;
}
