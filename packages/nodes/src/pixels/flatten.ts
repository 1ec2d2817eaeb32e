import type { ImageValue } from "@inlay/engine";
import { fullScale } from "./sample-depth.ts";

/** Whether some pixel is not fully opaque. */
export function hasTransparency({ channels, data, depth }: ImageValue): boolean {
  if (channels !== 4) return false;
  const opaque = fullScale[depth];
  for (let i = 3; i < data.length; i += 4) if (data[i]! < opaque) return true;
  return false;
}

/**
 * The same picture without alpha, as it looks in front of white: v × a + white × (1 − a), rounded for integers.
 * The same object when it has no alpha.
 */
export function flattenOnWhite(image: ImageValue): ImageValue {
  if (image.channels !== 4) return image;
  const white = fullScale[image.depth];
  const half = image.depth === "f32" ? 0 : 0.5;
  return mapColours(image, (sample, alpha) => (sample * alpha + white * (white - alpha)) / white + half);
}

/** The same picture without alpha: colours as they are stored, also under transparent pixels. */
export function dropAlpha(image: ImageValue): ImageValue {
  return image.channels === 4 ? mapColours(image, (sample) => sample) : image;
}

function mapColours(image: ImageValue, colour: (sample: number, alpha: number) => number): ImageValue {
  const { data, width, height } = image;
  const out = data.slice(0, width * height * 3);
  for (let from = 0, to = 0; to < out.length; from += 4, to += 3) {
    const alpha = data[from + 3]!;
    out[to] = colour(data[from]!, alpha);
    out[to + 1] = colour(data[from + 1]!, alpha);
    out[to + 2] = colour(data[from + 2]!, alpha);
  }
  return { ...image, channels: 3, data: out };
}
