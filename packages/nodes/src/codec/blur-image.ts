import type { ImageValue, NodeContext } from "@inlay/engine";
import { runSteps } from "../pace/run-steps.ts";
import { convertDepth } from "../pixels/convert-depth.ts";
import { joinPremultipliedSteps, splitPremultipliedSteps } from "../pixels/premultiply.ts";
import { rawPipeline, samplesOf } from "./raw-pipeline.ts";

/** Below this standard deviation a Gaussian changes less than half a level of 255 in a picture. */
const leastSigma = 0.3;

/**
 * The picture blurred by a Gaussian of `sigma` pixels; size, channels and depth stay. Edge pixels are repeated
 * outwards; colours are weighted by their alpha. The same object for a sigma below 0.3.
 *
 * The kernel is sharp's, of integers, cut off where it falls below 1 % of its peak: its weights are within 2 % of the
 * peak, and it is ten times as fast as the exact one. Floating point samples are computed in 16 bits.
 */
export async function blurImage(image: ImageValue, sigma: number, ctx: NodeContext): Promise<ImageValue> {
  if (sigma < leastSigma) return image;
  const { depth } = image;
  if (image.channels !== 4) {
    const source = depth === "f32" ? convertDepth(image, "u16") : image;
    return convertDepth(await blurPlane(source, sigma), depth);
  }
  const planes = await runSteps(splitPremultipliedSteps(image), ctx);
  const colours = await blurPlane(planes.colours, sigma);
  ctx.signal.throwIfAborted();
  const alpha = await blurPlane(planes.alpha, sigma);
  return runSteps(joinPremultipliedSteps({ colours, alpha }, depth), ctx);
}

async function blurPlane(image: ImageValue, sigma: number): Promise<ImageValue> {
  const depth = image.depth === "u8" ? "u8" : "u16";
  const pipeline = await rawPipeline(image);
  const blurred = pipeline.blur({ sigma, precision: "integer", minAmplitude: 0.01 });
  const buffer = await blurred.raw({ depth: depth === "u8" ? "uchar" : "ushort" }).toBuffer();
  return { ...image, data: samplesOf(buffer, depth) };
}
