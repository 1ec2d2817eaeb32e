import type { ImageValue, MaskValue } from "@inlay/engine";
import { rowSteps } from "./row-steps.ts";
import { fullScale } from "./sample-depth.ts";
import { withAlpha } from "./with-alpha.ts";

/** The picture as RGBA with the mask as its alpha; colours stay as they are. Yields progress (0–1). */
export function* joinAlphaSteps(image: ImageValue, mask: MaskValue): Generator<number, ImageValue, void> {
  const { width, height, depth } = image;
  const opaque = withAlpha(image);
  const data = opaque === image ? image.data.slice() : opaque.data;
  const scale = fullScale[depth] / 255;
  yield* rowSteps({ height, cost: width * 4 }, (y) => {
    for (let i = y * width; i < (y + 1) * width; i++) data[i * 4 + 3] = mask.data[i]! * scale;
  });
  return { ...opaque, data };
}
