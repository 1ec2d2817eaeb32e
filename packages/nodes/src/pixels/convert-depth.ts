import type { ImageValue, SampleDepth, Samples } from "@inlay/engine";
import { fullScale, sampleArrays } from "./sample-depth.ts";

/**
 * The same picture with samples of another depth: v × (full scale of the target ÷ full scale of the source), rounded
 * to the nearest integer for `u8` and `u16`, where what lies outside the range (of `f32`) is cut off.
 * Widening and narrowing again gives the same samples. The same object when there is nothing to do.
 */
export function convertDepth(image: ImageValue, depth: SampleDepth): ImageValue {
  if (image.depth === depth) return image;
  return { ...image, depth, data: convertSamples(image, depth) };
}

function convertSamples({ data, depth: from }: ImageValue, to: SampleDepth): Samples {
  const out = new sampleArrays[to](data.length);
  const top = fullScale[to];
  const scale = top / fullScale[from];
  // Integer arrays drop the fraction, so that adding a half rounds.
  const half = to === "f32" ? 0 : 0.5;
  for (let i = 0; i < out.length; i++) out[i] = Math.min(top, Math.max(0, data[i]! * scale)) + half;
  return out;
}
