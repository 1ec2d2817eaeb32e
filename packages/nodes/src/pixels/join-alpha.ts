import type { ImageValue, MaskValue } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale, sampleArrays } from "./sample-depth.ts";

/** The picture as RGBA with the mask as its alpha; colours stay as they are. Yields progress (0–1). */
export function* joinAlphaSteps(image: ImageValue, mask: MaskValue): Generator<number, ImageValue, void> {
  const { width, height, depth, channels, data } = image;
  const out = new sampleArrays[depth](width * height * 4);
  const scale = fullScale[depth] / 255;
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  yield* rowSteps({ height, cost: width * 4 }, (y) => {
    for (let i = y * width, from = i * channels; i < (y + 1) * width; i++, from += channels) {
      out[i * 4] = data[from]!;
      out[i * 4 + 1] = data[from + green]!;
      out[i * 4 + 2] = data[from + blue]!;
      out[i * 4 + 3] = mask.data[i]! * scale;
    }
  });
  return { ...image, channels: 4, data: out };
}
