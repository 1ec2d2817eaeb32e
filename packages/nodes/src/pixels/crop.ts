import type { ImageValue } from "@inlay/engine";
import type { Box } from "./box.ts";
import { rowSteps } from "./row-steps.ts";
import { sampleArrays } from "./sample-depth.ts";

/** The part of a picture inside a box, which lies within the picture. Yields progress (0–1). */
export function* cropSteps(image: ImageValue, box: Box): Generator<number, ImageValue, void> {
  const { channels, depth, data } = image;
  const { left, top, width, height } = box;
  const length = width * channels;
  const out = new sampleArrays[depth](length * height);
  yield* rowSteps({ height, cost: length }, (y) => {
    const from = ((top + y) * image.width + left) * channels;
    out.set(data.subarray(from, from + length), y * length);
  });
  return { ...image, width, height, data: out };
}
