import type { ImageValue } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale } from "./sample-depth.ts";

/** The picture's negative: full scale − v for every colour, alpha as it is. Yields progress (0–1). */
export function* negativeSteps(image: ImageValue): Generator<number, ImageValue, void> {
  const { width, height, channels, depth } = image;
  const data = image.data.slice();
  const length = width * channels;
  const full = fullScale[depth];
  yield* rowSteps({ height, cost: length }, (y) => {
    for (let i = y * length; i < (y + 1) * length; i++) if (channels !== 4 || i % 4 !== 3) data[i] = full - data[i]!;
  });
  return { ...image, data };
}
