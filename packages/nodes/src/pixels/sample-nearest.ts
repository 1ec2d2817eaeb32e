import type { ImageValue } from "@inlay/engine";
import type { Scaling } from "./resample.ts";
import { rowSteps } from "./row-steps.ts";
import { sampleArrays } from "./sample-depth.ts";

/** Scales a picture by taking for each pixel the nearest one, bit for bit: no new colours appear. Yields progress. */
export function* sampleNearestSteps(
  image: ImageValue,
  { scaled, window }: Scaling,
): Generator<number, ImageValue, void> {
  const { channels, depth, data } = image;
  const { width, height, left, top } = window;
  const out = new sampleArrays[depth](width * height * channels);
  const columns = Int32Array.from({ length: width }, (_, x) => nearest(left + x, image.width, scaled.width) * channels);
  yield* rowSteps({ height, cost: width * channels }, (y) => {
    const row = nearest(top + y, image.height, scaled.height) * image.width * channels;
    for (let x = 0, to = y * width * channels; x < width; x++) {
      for (let from = row + columns[x]!, end = from + channels; from < end;) out[to++] = data[from++]!;
    }
  });
  return { ...image, width, height, data: out };
}

function nearest(position: number, from: number, to: number): number {
  return Math.floor(((position + 0.5) * from) / to);
}
