import type { ImageValue } from "@inlay/engine";
import { fullScale, sampleArrays } from "./sample-depth.ts";

/** The same picture as RGBA, opaque where it had no alpha. The same object when it has alpha already. */
export function withAlpha(image: ImageValue): ImageValue {
  if (image.channels === 4) return image;
  const { data, channels, depth } = image;
  const out = new sampleArrays[depth]((data.length / channels) * 4);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; to < out.length; from += channels, to += 4) {
    out[to] = data[from]!;
    out[to + 1] = data[from + green]!;
    out[to + 2] = data[from + blue]!;
    out[to + 3] = fullScale[depth];
  }
  return { ...image, channels: 4, data: out };
}
