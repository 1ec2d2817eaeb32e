import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale } from "./sample-depth.ts";

export interface UnsharpMask {
  /** The same picture, blurred; its samples become those of the result, so that no third picture takes memory. */
  readonly blurred: ImageValue;
  /** How much of the difference is added: 1 doubles it. */
  readonly amount: number;
  /** Differences up to this part of full scale (0–1) are left alone. */
  readonly threshold: number;
}

/**
 * Sharpens by unsharp masking: v + amount × (v − blurred v), cut to the range and rounded for integers, where
 * |v − blurred v| is above the threshold. Alpha stays. Yields progress (0–1).
 */
export function* unsharpMaskSteps(
  image: ImageValue,
  { blurred, amount, threshold }: UnsharpMask,
): Generator<number, ImageValue, void> {
  const { width, height, channels, depth } = image;
  const data = blurred.data === image.data ? image.data.slice() : blurred.data;
  const top = fullScale[depth];
  const half = depth === "f32" ? 0 : 0.5;
  const least = threshold * top;
  const colours = Math.min(3, channels);
  const length = width * channels;
  yield* rowSteps({ height, cost: length }, (y) => {
    for (let pixel = y * length; pixel < (y + 1) * length; pixel += channels) {
      for (let i = pixel; i < pixel + colours; i++) {
        const sample = image.data[i]!;
        const detail = sample - data[i]!;
        const isSharpened = Math.abs(detail) > least;
        data[i] = isSharpened ? Math.min(top, Math.max(0, sample + amount * detail)) + half : sample;
      }
      if (channels === 4) data[pixel + 3] = image.data[pixel + 3]!;
    }
  });
  return { ...image, data };
}
